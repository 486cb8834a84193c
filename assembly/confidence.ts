/** Counts windows of low but positive confidence. TypeScript twin: generator/stages/score.ts. */

/** At `windows` in a row raises `retrain`; any other window begins anew. */
export function countLow(confidence: i32, below: i32, windows: i32, low: usize, retrain: usize): void {
  const isLow = confidence >= 0 && confidence < below;
  const count = isLow ? min(load<i32>(low) + 1, windows) : 0;
  store<i32>(low, count);
  if (count >= windows) store<i32>(retrain, 1);
}

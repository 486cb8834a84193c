/**
 * Sums over the last `samples` values of every column. TypeScript twin: generator/stages/push.ts.
 *
 *   state, i32:  +0 position  +4 frames so far, at most samples - 1
 *                +8 sums[columns]   history[samples][columns]
 */

/** Takes a frame of values, i32[columns], into the sums; 1 when they cover `samples` frames. */
export function average(row: usize, columns: i32, samples: i32, state: usize): i32 {
  const position = load<i32>(state);
  const seen = load<i32>(state, 4);
  const bytes = <usize>columns << 2;
  const sums = state + 8;
  let oldest = sums + bytes + <usize>position * bytes;
  for (let sum = sums; sum < sums + bytes; sum += 4) {
    const value = load<i32>(row);
    const total = load<i32>(sum) + value - load<i32>(oldest);
    store<i32>(sum, total);
    store<i32>(oldest, value);
    store<i32>(row, total);
    row += 4;
    oldest += 4;
  }
  store<i32>(state, position + 1 == samples ? 0 : position + 1);
  if (seen == samples - 1) return 1;
  store<i32>(state, seen + 1, 4);
  return 0;
}

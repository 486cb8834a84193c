/**
 * Error rates of identification and verification. The definitions are those behind `float_metrics` of the shipped
 * models (found by reproducing those figures from logits and features, test/verify/float-metrics.test.ts). All rates are shares
 * of 1, not per cent.
 */

export interface IdentificationRates {
  accuracy: number;
  macroF1: number;
  far: number;
  frr: number;
}

/**
 * Rates of argmax decisions, one class against the rest:
 * accuracy  share of windows whose decision is the label;
 * far       mean over classes of (windows of others decided as the class) / (windows of others);
 * frr       mean over classes of (windows of the class decided otherwise) / (windows of the class);
 * macroF1   mean over classes of 2 TP / (2 TP + FP + FN), 0 for a class that is neither present nor decided.
 * A class without windows (or without others) is left out of the mean of far and frr.
 */
export function identificationRates(
  decisions: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): IdentificationRates {
  const present = new Float64Array(classes);
  const decided = new Float64Array(classes);
  const hits = new Float64Array(classes);
  for (let i = 0; i < labels.length; i++) {
    present[labels[i]]++;
    decided[decisions[i]]++;
    if (decisions[i] === labels[i]) hits[labels[i]]++;
  }
  const windows = labels.length;
  const far: number[] = [];
  const frr: number[] = [];
  let f1 = 0;
  for (let c = 0; c < classes; c++) {
    if (present[c] < windows) far.push((decided[c] - hits[c]) / (windows - present[c]));
    if (present[c] > 0) frr.push(1 - hits[c] / present[c]);
    if (present[c] + decided[c] > 0) f1 += (2 * hits[c]) / (present[c] + decided[c]);
  }
  return {
    accuracy: hits.reduce((a, b) => a + b, 0) / windows,
    macroF1: f1 / classes,
    far: mean(far),
    frr: mean(frr),
  };
}

export interface EqualError {
  /** (FAR + FRR) / 2 at the threshold. */
  eer: number;
  /** Accept a score at or above it. */
  threshold: number;
  far: number;
  frr: number;
}

/**
 * Equal error rate over pooled scores (higher = more genuine). Thresholds are the distinct scores themselves; a trial
 * is accepted when its score >= threshold, so FAR = share of impostor scores at or above it and FRR = share of genuine
 * scores below it. The threshold with the smallest |FAR - FRR| counts, on a tie the lowest; no interpolation between
 * thresholds. For distances pass their negatives.
 */
export function equalError(genuine: ArrayLike<number>, impostor: ArrayLike<number>): EqualError {
  const own = Float64Array.from(genuine).sort();
  const others = Float64Array.from(impostor).sort();
  if (own.length === 0 || others.length === 0)
    throw new RangeError('an equal error rate needs genuine and impostor scores');
  let best = { gap: Infinity, threshold: NaN, ownBelow: 0, othersBelow: 0 };
  let ownBelow = 0;
  let othersBelow = 0;
  while (ownBelow < own.length || othersBelow < others.length) {
    const threshold = Math.min(own[ownBelow] ?? Infinity, others[othersBelow] ?? Infinity);
    // |FAR - FRR| times both counts: whole numbers, so ties are ties.
    const gap = Math.abs((others.length - othersBelow) * own.length - ownBelow * others.length);
    if (gap < best.gap) best = { gap, threshold, ownBelow, othersBelow };
    while (own[ownBelow] === threshold) ownBelow++;
    while (others[othersBelow] === threshold) othersBelow++;
  }
  const far = (others.length - best.othersBelow) / others.length;
  const frr = best.ownBelow / own.length;
  return { eer: (far + frr) / 2, threshold: best.threshold, far, frr };
}

/**
 * Equal error rate of identification scores [windows][classes]: every window is one genuine trial (score of its
 * label) and classes - 1 impostor trials (the other scores), all pooled under one threshold.
 */
export function identificationEqualError(
  scores: readonly ArrayLike<number>[],
  labels: ArrayLike<number>,
): EqualError {
  const genuine: number[] = [];
  const impostor: number[] = [];
  scores.forEach((row, i) => {
    for (let c = 0; c < row.length; c++) (c === labels[i] ? genuine : impostor).push(row[c]);
  });
  return equalError(genuine, impostor);
}

/** log softmax of each row. The scores of every EER here: softmax's order of trials, without its underflow. */
export function logSoftmax(logits: ArrayLike<number>): Float64Array {
  const row = Float64Array.from(logits);
  const highest = row.reduce((a, b) => Math.max(a, b), -Infinity);
  const total = Math.log(row.reduce((sum, logit) => sum + Math.exp(logit - highest), 0)) + highest;
  return row.map((logit) => logit - total);
}

/**
 * Scores over `count` windows: the mean of log-softmax scores over consecutive, non-overlapping groups of each
 * person's windows in order; an incomplete last group is dropped. Returns the grouped rows and their labels.
 */
export function groupScores(
  scores: readonly ArrayLike<number>[],
  labels: ArrayLike<number>,
  count: number,
): { scores: Float64Array[]; labels: number[] } {
  const rowsOf = new Map<number, ArrayLike<number>[]>();
  scores.forEach((row, i) => rowsOf.set(labels[i], [...(rowsOf.get(labels[i]) ?? []), row]));
  const grouped: { scores: Float64Array[]; labels: number[] } = { scores: [], labels: [] };
  for (const [label, rows] of rowsOf)
    for (let first = 0; first + count <= rows.length; first += count) {
      const group = rows.slice(first, first + count);
      grouped.scores.push(
        Float64Array.from(rows[0], (_, c) => group.reduce((sum, row) => sum + row[c], 0) / count),
      );
      grouped.labels.push(label);
    }
  return grouped;
}

export interface VerificationRates {
  /** Share of right answers over all trials, genuine and impostor. */
  accuracy: number;
  far: number;
  frr: number;
}

/** Rates of accept/reject answers: far over the impostor trials, frr over the genuine ones. */
export function verificationRates(
  trials: readonly { genuine: boolean; accepted: boolean }[],
): VerificationRates {
  const count = (genuine: boolean, accepted: boolean) =>
    trials.filter((t) => t.genuine === genuine && t.accepted === accepted).length;
  const [hits, misses] = [count(true, true), count(true, false)];
  const [falseAlarms, rejections] = [count(false, true), count(false, false)];
  return {
    accuracy: (hits + rejections) / trials.length,
    far: falseAlarms / (falseAlarms + rejections),
    frr: misses / (hits + misses),
  };
}

/** Index of the largest value, the first one on a tie. */
export function argmax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

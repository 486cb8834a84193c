/**
 * Which units go into which branch: groups of given sizes that keep as much of the recurrent connections inside as a search by swaps
 * finds. What connects two groups is lost. (The first pass of Kernighan and Lin's heuristic, Bell System Technical Journal 49, 1970,
 * repeated while a swap helps; deterministic.)
 */

/** `affinity`: symmetric, [count][count]. Returns the group of each unit. */
export function groupUnits(affinity: Float64Array, sizes: readonly number[]): Int32Array {
  const count = sizes.reduce((a, b) => a + b, 0);
  const group = new Int32Array(count);
  for (let u = 0, at = 0; at < sizes.length; at++) for (let k = 0; k < sizes[at]!; k++) group[u++] = at;
  // pull[u][g]: affinity of unit u to the units of group g.
  const pull = new Float64Array(count * sizes.length);
  for (let u = 0; u < count; u++)
    for (let v = 0; v < count; v++)
      if (v !== u) pull[u * sizes.length + group[v]!]! += affinity[u * count + v]!;
  const to = (u: number, g: number): number => pull[u * sizes.length + g]!;
  for (let swaps = 0; swaps < count * count; swaps++) {
    let best = { gain: 1e-9, a: -1, b: -1 };
    for (let a = 0; a < count; a++)
      for (let b = a + 1; b < count; b++) {
        const [ga, gb] = [group[a]!, group[b]!];
        if (ga === gb) continue;
        const gain = to(a, gb) - to(a, ga) + to(b, ga) - to(b, gb) - 2 * affinity[a * count + b]!;
        if (gain > best.gain) best = { gain, a, b };
      }
    const { a, b } = best;
    if (a < 0) break;
    const [ga, gb] = [group[a]!, group[b]!];
    for (let u = 0; u < count; u++) {
      const change = (u === b ? 0 : affinity[u * count + b]!) - (u === a ? 0 : affinity[u * count + a]!);
      pull[u * sizes.length + ga]! += change;
      pull[u * sizes.length + gb]! -= change;
    }
    group[a] = gb;
    group[b] = ga;
  }
  return group;
}

/** Sizes of k groups of `count` that differ by at most one. */
export const evenSizes = (count: number, k: number): number[] =>
  Array.from({ length: k }, (_, b) => Math.round(((b + 1) * count) / k) - Math.round((b * count) / k));

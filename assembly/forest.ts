/**
 * Decision trees as a table. docs/numbers-features.md, section 4; TypeScript twin: generator/layers/integer/forest.ts.
 *
 *   roots  i32[trees]       first node of each tree
 *   nodes  i16[nodes][3]    interior: feature, threshold, nodes to the `no` child; the `yes` child stands next
 *                           leaf: -1 - number of votes, high and low half of its first vote's number
 *   votes  i16[votes][2]    output and weight
 *   rows   i32[outputs]     what every output begins with
 *   sums   i32[outputs]     scratch
 *
 * A feature goes the `yes` way where it is at most the threshold. How long this takes depends on the features.
 */
import { requantize } from "./fixed";

/** x: i16[features]; y: i16[outputs] = saturate(sum of votes * m / 2^shift) */
export function forest(
  x: usize, roots: usize, trees: i32, nodes: usize, votes: usize,
  outputs: i32, rows: usize, sums: usize, m: i32, shift: i32, y: usize,
): void {
  const bytes = <usize>outputs << 2;
  for (let output: usize = 0; output < bytes; output += 4) {
    store<i32>(sums + output, load<i32>(rows + output));
  }
  for (const end = roots + (<usize>trees << 2); roots < end; roots += 4) {
    let node = nodes + <usize>(load<i32>(roots) * 6);
    let feature = <i32>load<i16>(node);
    while (feature >= 0) {
      const yes = load<i16>(x + (<usize>feature << 1)) <= load<i16>(node, 2);
      node += yes ? 6 : <usize>(<i32>load<u16>(node, 4) * 6);
      feature = <i32>load<i16>(node);
    }
    let vote = votes + (((<usize>load<u16>(node, 2) << 16) | <usize>load<u16>(node, 4)) << 2);
    for (; feature < -1; feature++) {
      const sum = sums + (<usize>load<u16>(vote) << 2);
      store<i32>(sum, load<i32>(sum) + <i32>load<i16>(vote, 2));
      vote += 4;
    }
  }
  for (let output: usize = 0; output < bytes; output += 4) {
    store<i16>(y + (output >> 1), requantize(load<i32>(sums + output), m, shift));
  }
}

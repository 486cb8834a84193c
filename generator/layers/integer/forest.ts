/** Twin of assembly/forest.ts. Layouts are drawn there. */
import { requantize } from './fixed.ts';

export interface ForestTables {
  roots: Int32Array;
  nodes: Int16Array;
  votes: Int16Array;
  rows: Int32Array;
  m: number;
  shift: number;
}

export function forest(x: Int16Array, { roots, nodes, votes, rows, m, shift }: ForestTables): number[] {
  const sums = Int32Array.from(rows);
  for (const root of roots) {
    let node = root;
    while (nodes[node * 3] >= 0)
      node += x[nodes[node * 3]] <= nodes[node * 3 + 1] ? 1 : nodes[node * 3 + 2] & 0xffff;
    const count = -1 - nodes[node * 3];
    const first = (nodes[node * 3 + 1] & 0xffff) * 65536 + (nodes[node * 3 + 2] & 0xffff);
    for (let vote = first; vote < first + count; vote++) sums[votes[vote * 2]] += votes[vote * 2 + 1];
  }
  return Array.from(sums, (sum) => requantize(sum, m, shift));
}

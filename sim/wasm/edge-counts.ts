/** How often each exit of each block was taken, from block counts. */
import type { FunctionAnalysis } from './analysis.ts';

/** Rounds of fitting where several tables lead to one block. */
const ROUNDS = 20;

/**
 * Counts by block id and position in `exits`. What follows a br_if or an if is a block of its own with that one way in,
 * so both ways are known exactly. What comes to a block by no such way comes from tables: exactly known for each target where one
 * table leads there, else shared so that counts of tables and of targets both hold (iterative proportional fitting).
 */
export function edgeCounts(f: FunctionAnalysis, counts: readonly number[]): number[][] {
  const tables: number[] = [];
  const edges = f.blocks.map((b) => {
    const total = counts[b.id] ?? 0;
    const { exits } = b;
    if (exits.length <= 1) return exits.map(() => total);
    const fall = exits.findIndex((e) => !e.taken);
    if (exits.length === 2 && fall >= 0) {
      const straight = Math.min(total, counts[exits[fall]!.to] ?? 0);
      return exits.map((_, i) => (i === fall ? straight : total - straight));
    }
    tables.push(b.id);
    return exits.map(() => total / exits.length);
  });
  if (tables.length > 0) fitTables(f, counts, tables, edges);
  return edges;
}

function fitTables(
  { blocks }: FunctionAnalysis,
  counts: readonly number[],
  tables: readonly number[],
  edges: number[][],
): void {
  const isTable = new Set(tables);
  const wanted = new Map<number, number>();
  for (const id of tables)
    for (const { to } of blocks[id]!.exits) if (to >= 0) wanted.set(to, counts[to] ?? 0);
  for (const b of blocks)
    if (!isTable.has(b.id))
      b.exits.forEach(({ to }, i) => {
        if (wanted.has(to)) wanted.set(to, Math.max(0, wanted.get(to)! - edges[b.id]![i]!));
      });
  for (let round = 0; round < ROUNDS; round++) {
    const brought = new Map<number, number>();
    for (const id of tables)
      blocks[id]!.exits.forEach(({ to }, i) => brought.set(to, (brought.get(to) ?? 0) + edges[id]![i]!));
    let moved = false;
    for (const id of tables) {
      const { exits } = blocks[id]!;
      const total = counts[id] ?? 0;
      const fitted = exits.map(({ to }, i) => {
        const all = brought.get(to)!;
        return to < 0 || all === 0 ? edges[id]![i]! : (edges[id]![i]! * wanted.get(to)!) / all;
      });
      const known = exits.reduce((sum, { to }, i) => (to < 0 ? sum : sum + fitted[i]!), 0);
      const out = exits.filter(({ to }) => to < 0).length;
      // What goes to no block leaves the function.
      if (out > 0) exits.forEach(({ to }, i) => to < 0 && (fitted[i] = Math.max(0, total - known) / out));
      const sum = fitted.reduce((a, n) => a + n, 0);
      if (sum === 0) continue;
      const scale = total / sum;
      edges[id] = fitted.map((n, i) => {
        moved ||= Math.abs(n * scale - edges[id]![i]!) > 1e-9 * total;
        return n * scale;
      });
    }
    if (!moved) return;
  }
}

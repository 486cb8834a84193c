/**
 * Expected order: gcc 12.2 -O2 for `do { a; if (x) break; b; } while (1)` whose b is not empty (the working variables of sha256):
 *   b .Lheader;  .Ltail: b;  .Lheader: a; cmp; bne .Ltail
 */
import { expect, it } from 'vitest';
import { Graph, type Block, type Edge } from './ir.ts';
import { layOut } from './layout.ts';
import { analyseStructure } from './structure.ts';

const origin = { f: 0, block: 0 };

/** entry -> header -> tail -> header, header -> exit; the loop stays with the given share. */
function loop(stay: number) {
  const g = new Graph();
  const count = 1 / (1 - stay);
  const [entry, header, tail, exit] = [1, count, count - 1, 1].map((w) => g.block(w, origin)) as [
    Block,
    Block,
    Block,
    Block,
  ];
  g.entry = entry;
  const edge = (from: Block, to: Block, weight: number): Edge => {
    const e = { from, to, weight };
    to.preds.push(e);
    return e;
  };
  entry.term = { kind: 'jump', edges: [edge(entry, header, 1)] };
  const condition = g.node(header, 'param', 'i32', []);
  header.term = {
    kind: 'branch',
    condition,
    edges: [edge(header, exit, 1), edge(header, tail, count - 1)],
  };
  tail.term = { kind: 'jump', edges: [edge(tail, header, count - 1)] };
  exit.term = { kind: 'return', values: [], edges: [] };
  analyseStructure(g);
  const all = [entry, header, tail, exit].flatMap((b): Edge[] => [...b.term.edges]);
  const frequencies = {
    blocks: new Map<Block, number>(),
    edges: new Map(all.map((e) => [e, e.weight])),
  } as unknown as Parameters<typeof layOut>[1];
  const next = layOut(g, frequencies);
  return { next, entry, header, tail, exit };
}

it('turns a loop that ends in a jump until the test that leaves it is last', () => {
  const { next, entry, header, tail, exit } = loop(0.89);
  expect(next.get(tail)).toBe(header);
  expect(next.get(header)).toBe(exit);
  expect(next.get(entry)).toBeUndefined();
});

it('leaves a loop as it is that is expected to run less than four times', () => {
  const { next, entry, header, tail, exit } = loop(0.6);
  expect(next.get(entry)).toBe(header);
  expect(next.get(header)).toBe(tail);
  expect(next.get(tail)).toBeUndefined();
  expect([...next.values()]).not.toContain(exit);
});

import { expect, it } from 'vitest';
import { Graph, type Block } from './ir.ts';
import { numberMemoryStates } from './memory-state.ts';

it('gives a loop that writes nothing the state of the loop around it, which stores', () => {
  const g = new Graph();
  const at = { f: 0, block: 0 };
  const [entry, outer, inner, latch, exit] = Array.from({ length: 5 }, () => g.block(1, at)) as [
    Block,
    Block,
    Block,
    Block,
    Block,
  ];
  g.entry = entry;
  const edges = (from: Block, ...to: Block[]) => {
    const all = to.map((t) => ({ from, to: t, weight: 1 }));
    for (const e of all) e.to.preds.push(e);
    from.term =
      all.length === 1
        ? { kind: 'jump', edges: [all[0]!] }
        : { kind: 'branch', condition: g.constant('i32', 1n), edges: [all[0]!, all[1]!] };
  };
  edges(entry, outer);
  edges(outer, inner);
  edges(inner, inner, latch);
  edges(latch, outer, exit);
  const read = (b: Block) => {
    const n = g.node(b, 'size', 'i32', []);
    b.nodes.push(n);
    return n;
  };
  const [before, inside, behind] = [read(outer), read(inner), read(latch)];
  latch.nodes.push(g.node(latch, 'store', 'void', []));
  const after = read(exit);
  numberMemoryStates(g);
  expect(inside.memory).toBe(before.memory);
  expect(behind.memory).toBe(before.memory);
  expect(after.memory).not.toBe(before.memory);
});

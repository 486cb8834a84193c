import { describe, expect, it } from 'vitest';
import { dropRepeatedDepths } from './call-depth.ts';
import { callDepth, Graph, type Node } from './ir.ts';

/** Two inlined calls one after the other: the way into the first, out of it, into the second. */
function callsInARow(between: string[]): Node[] {
  const g = new Graph();
  const b = g.block(1, { f: 0, block: 0 });
  g.entry = b;
  const before = g.node(b, 'global', 'i32', [], { value: callDepth });
  const deeper = g.node(b, 'add', 'i32', [before, g.constant('i32', 1n)]);
  const set = (to: Node) => g.node(b, 'setglobal', 'void', [to], { value: callDepth });
  const enter = () => g.node(b, 'enter', 'void', [deeper]);
  b.nodes = [
    ...[before, deeper, set(deeper), enter()],
    set(before),
    ...between.map((op) => g.node(b, op, 'i32', [before])),
    ...[set(deeper), enter()],
  ];
  b.term = { kind: 'return', values: [], edges: [] };
  dropRepeatedDepths(g);
  return b.nodes;
}

const ops = (nodes: Node[]) => nodes.map((n) => n.op).filter((op) => /^(setglobal|enter)$/.test(op));

describe('the depth of calls, gcc 12.2 -O2', () => {
  // Three functions inlined in a row, CMSIS-DSP's interpolations without checks: one cmp r2, #500; bhi, one str r2 on the way in, one str r1 on the way out
  it('is tested once, and stored when something may read it', () => {
    expect(ops(callsInARow([]))).toEqual(['setglobal', 'enter', 'setglobal']);
  });

  it('is there for loads of linear memory, which may be anything', () => {
    expect(ops(callsInARow(['load']))).toEqual(['setglobal', 'enter', 'setglobal', 'setglobal']);
  });
});

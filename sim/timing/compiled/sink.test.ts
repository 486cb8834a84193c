import { describe, expect, it } from 'vitest';
import { Graph, type Block, type Node } from './ir.ts';
import { sink } from './sink.ts';
import { preload } from './preload.ts';

/** One block: a sum, then so many bounds checks, then a store that needs the sum. */
function checksBeforeUse(checks: number): { nodes: Node[]; sum: Node; store: Node } {
  const g = new Graph();
  const b = g.block(1, { f: 0, block: 0 });
  g.entry = b;
  const x = g.node(b, 'param', 'i32', []);
  const y = g.node(b, 'param', 'i32', []);
  const sum = g.node(b, 'add', 'i32', [x, y]);
  const guards = Array.from({ length: checks }, (_, i) =>
    g.node(b, 'guard', 'void', [x, y], { count: 2 ** 30 * 0.9 ** i }),
  );
  const store = g.node(b, 'store', 'void', [x, sum]);
  b.nodes = [x, y, sum, ...guards, store];
  b.term = { kind: 'return', values: [], edges: [] };
  b.count = 2 ** 30;
  sink(g);
  return { nodes: b.nodes, sum, store };
}

describe('sink', () => {
  // tree-ssa-sink.c moves a value where control comes less than 75 % as often: 0.9 ** 3 = 0.729, 0.9 ** 2 = 0.81.
  it.each([
    [2, 2],
    [3, 5],
    [6, 8],
  ])('past %i checks leaves a value at position %i', (checks, position) => {
    const { nodes, sum, store } = checksBeforeUse(checks);
    expect(nodes.indexOf(sum)).toBe(position);
    expect(nodes.at(-1)).toBe(store);
  });
});

describe('preload', () => {
  /** entry: optionally reads the base; loop: reads it, loads and stores. */
  function storingLoop(known: boolean, checked = true): { loop: Block; g: Graph } {
    const g = new Graph();
    const at = { f: 0, block: 0 };
    const [entry, loop, exit] = [g.block(1, at), g.block(10, at), g.block(1, at)];
    g.entry = entry;
    const edge = (from: Block, to: Block) => {
      const e = { from, to, weight: 1 };
      to.preds.push(e);
      return e;
    };
    const x = g.node(entry, 'param', 'i32', []);
    entry.nodes = [x, ...(known ? [g.node(entry, 'base', 'i32', [])] : [])];
    entry.term = { kind: 'jump', edges: [edge(entry, loop)] };
    const base = g.node(loop, 'base', 'i32', []);
    const guard = g.node(loop, 'guard', 'void', [x, x]);
    loop.nodes = [base, ...(checked ? [guard] : []), g.node(loop, 'store', 'void', [base, x])];
    loop.term = { kind: 'branch', condition: x, edges: [edge(loop, loop), edge(loop, exit)] };
    exit.term = { kind: 'return', values: [], edges: [] };
    g.loops = [{ header: loop, parent: null, depth: 1, blocks: new Set([loop]), preheader: entry }];
    loop.loop = g.loops[0]!;
    preload(g);
    return { loop, g };
  }

  it('reads the base at the end of the loop where it is known before', () => {
    const { loop } = storingLoop(true);
    expect(loop.phis).toHaveLength(1);
    expect(loop.nodes.map((n) => n.op)).toEqual(['guard', 'store', 'base']);
  });

  // hist of the Arm reference without checks: ldr r5, [r0]; str r1, [r5, r3]; adds r3, #4; cmp; bne
  it('leaves it in a small loop with one exit, which gcc turns so that the read comes first', () => {
    const { loop } = storingLoop(true, false);
    expect(loop.nodes.map((n) => n.op)).toEqual(['base', 'store']);
  });

  it('leaves the read where it is needed when nobody knows it', () => {
    const { loop } = storingLoop(false);
    expect(loop.nodes.map((n) => n.op)).toEqual(['base', 'guard', 'store']);
  });
});

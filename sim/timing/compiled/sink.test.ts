import { describe, expect, it } from 'vitest';
import { cores } from '../../cores/index.ts';
import type { Op } from '../../wasm/assemble.ts';
import { buildFor } from './build.ts';
import { Graph, type Block, type Node } from './ir.ts';
import { hottest, listing } from './listing.ts';
import { sink } from './sink.ts';
import { preload } from './preload.ts';
import { analyseStructure } from './structure.ts';

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

/*
 * Kernel forest8, gcc 12.2 -O2 -mcpu=cortex-a7 and -mcpu=cortex-m4, without checks: the step to one of two children stands in the arms although loads stand between.
 *   lsls r3, r3, #1;  ...;  ldrsh.w fp, [sl, ip];  ...;  ldrsh.w sl, [sl, #1024];  add sl, r6;  cmp fp, sl;  ite gt;  addgt r3, #1;  addle r3, #2
 */
it.each(['cortex-a7', 'cortex-m4'] as const)(
  'computes an arm on its way, behind what is loaded, %s',
  (core) => {
    const body: Op[] = [
      ['loop', 'void'],
      ...([['local.get', 0], ['i32.const', 1], ['i32.shl'], ['local.tee', 2]] as Op[]),
      ...([['i32.const', 1], ['i32.add'], ['local.get', 2], ['i32.const', 2], ['i32.add']] as Op[]),
      ...([
        ['local.get', 0],
        ['i32.load16_s', 1024],
        ['local.get', 1],
        ['i32.load16_s', 2048],
      ] as Op[]),
      ...([['i32.gt_s'], ['select'], ['local.set', 0]] as Op[]),
      ...([['local.get', 1], ['i32.const', 4], ['i32.add'], ['local.tee', 1]] as Op[]),
      ...([['i32.const', 24], ['i32.ne'], ['br_if', 0]] as Op[]),
      ['end'],
      ['local.get', 0],
    ];
    const source = {
      params: ['i32' as const],
      results: ['i32' as const],
      locals: ['i32' as const, 'i32' as const],
      body,
    };
    const code = hottest(listing(source, [0], buildFor(cores[core], false)));
    expect(code.slice(code.indexOf('cmp reg'), code.indexOf('cmp reg') + 4)).toEqual([
      'cmp reg',
      'it x2',
      'add #2',
      'add #1',
    ]);
  },
);

/*
 * Kernel savgol, gcc 12.2 -O2 -mcpu=cortex-m4: i < 0 ? -i : i > 55 ? 110 - i : i, as branches: -i is worked out on its way alone, which leads to the join.
 *   cmp r5, #0; bge; rsb ip, r5, #0; b
 */
it('computes what a way to a join alone needs on that way', () => {
  const g = new Graph();
  const at = { f: 0, block: 0 };
  const [b, other, to] = [g.block(10, at, 10), g.block(5, at, 5), g.block(10, at, 10)];
  g.entry = b;
  const edge = (from: Block, target: Block, count: number) => {
    const e = { from, to: target, weight: count, count };
    target.preds.push(e);
    return e;
  };
  const x = g.node(b, 'param', 'i32', []);
  const negative = g.node(b, 'sub', 'i32', [g.constant('i32', 0n), x]);
  const test = g.node(b, 'lt_s', 'i32', [x, g.constant('i32', 0n)]);
  b.nodes = [x, negative, test];
  b.term = { kind: 'branch', condition: test, edges: [edge(b, to, 5), edge(b, other, 5)] };
  const load = g.node(other, 'load', 'i32', [x]);
  other.nodes = [load];
  other.term = { kind: 'jump', edges: [edge(other, to, 5)] };
  const phi = g.node(to, 'phi', 'i32', [negative, load]);
  to.phis = [phi];
  to.term = { kind: 'return', values: [phi], edges: [] };
  analyseStructure(g);
  sink(g);
  expect(b.nodes).toEqual([x, test]);
  expect(negative.block).not.toBe(b);
  expect(negative.block.term.edges[0]!.to).toBe(to);
  expect(g.blocks).toHaveLength(4);
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
    preload(g, true);
    return { loop, g };
  }

  // dtw of the Arm reference without checks: bne.n, and where it leads, 380 times in 400 rounds, ldr r2, [sp, #8]; ldr r2, [r2, #0]
  it('reads the base on the way round where it is known before', () => {
    const { loop } = storingLoop(true);
    expect(loop.phis).toHaveLength(1);
    expect(loop.nodes.map((n) => n.op)).toEqual(['guard', 'store']);
    const back = loop.preds.map((e) => e.from).find((b) => b.term.edges[0]!.to === loop && b.loop);
    expect(back!.nodes.map((n) => n.op)).toEqual(['base']);
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

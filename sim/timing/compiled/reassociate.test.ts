import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { Graph, type Node } from './ir.ts';
import { listing } from './listing.ts';
import { reassociate } from './reassociate.ts';

const load = (offset: number): Op[] => [
  ['local.get', 0],
  ['i32.load16_s', offset],
];
const product = (offset: number): Op[] => [...load(offset), ...load(offset + 2), ['i32.mul']];

/*
 * u32 sum = 0; if (c) sum = load(p + 100); return sum + load(p) * load(p + 2) + load(p + 4) * load(p + 6);
 *   gcc 12.2 -O2 -mcpu=cortex-m4   mul r2, r2, r5; mla r2, r3, r4, r2; add r0, r2: the loads rank below what meets behind a branch, wherever they stand
 */
it('adds what ranks highest last', () => {
  const body: Op[] = [
    ['local.get', 1],
    ['if', 'void'],
    ...load(100),
    ['local.set', 2],
    ['end'],
    ['local.get', 2],
    ...product(0),
    ['i32.add'],
    ...product(4),
    ['i32.add'],
  ];
  const code = listing(
    { params: ['i32', 'i32'], results: ['i32'], locals: ['i32'], body },
    [1024, 1],
    firmware(false),
  ).find((b) => b.code.includes('mul'))!.code;
  const sums = code.filter((t) => /^(mul|mla)/.test(t) || t === 'add reg');
  expect(sums.slice(-3)).toEqual(['mul', 'mla', 'add reg']);
});

/*
 * gcc 12.2, transform of smarteryou without checks, Cortex-M4: x * y' + x' * y + 2^29 with x and y at p and at a sum, x' and y' 4 behind them. What is loaded at the sum and an offset ranks above the
 * rest, so that the constant is not added last.
 *   mov.w r6, #536870912;  smlal r6, r9, ip, r4;  smlal r6, r9, r7, r0
 */
it('ranks what is loaded at an offset higher', () => {
  const at = (address: Op[], offset: number): Op[] => [...address, ['i64.load32_s', offset]];
  const p: Op[] = [['local.get', 0]];
  const q: Op[] = [['local.get', 1], ['local.get', 2], ['i32.add']];
  const body: Op[] = [
    ...at(p, 4),
    ...at(q, 0),
    ['i64.mul'],
    ...at(q, 4),
    ...at(p, 0),
    ['i64.mul'],
    ['i64.add'],
    ['i64.const', 536870912],
    ['i64.add'],
    ['i64.const', 30],
    ['i64.shr_s'],
    ['i32.wrap_i64'],
  ];
  const code = listing(
    { params: ['i32', 'i32', 'i32'], results: ['i32'], locals: [], body },
    [1024, 512, 1024],
    firmware(false),
  ).flatMap((b) => b.code);
  expect(code.filter((t) => /^(smull|smlal)/.test(t))).toEqual(['smlal', 'smlal']);
});

/*
 * gcc 12.2, svmpoly without checks, reassoc2: what adds the last product as it did keeps its statement, and the one below that changes keeps its name (rewrite_expr_tree); only those inside become
 * nameless, and wait for their use.
 */
it('leaves outer sums that add the same as before', () => {
  const g = new Graph();
  const b = g.block(1, { f: 0, block: 0 });
  g.entry = b;
  const [x, y, z] = [0, 1, 2].map(() => g.node(b, 'param', 'i32', [])) as [Node, Node, Node];
  const add = (left: Node, right: Node) => g.node(b, 'add', 'i32', [left, right]);
  const times = (left: Node, right: Node) => g.node(b, 'mul', 'i32', [left, right]);
  const [early, middle] = [times(x, y), times(times(x, y), z)];
  const late = times(middle, z);
  const inner = add(middle, early);
  const second = add(inner, x);
  const root = add(second, late);
  b.nodes = [x, y, z, early, middle.args[0]!, middle, late, inner, second, root];
  b.term = { kind: 'return', edges: [], values: [root] };
  reassociate(g);
  expect(root.args).toEqual([second, late]);
  expect(second.args[1]).toBe(middle);
  expect(b.nodes).not.toContain(inner);
});

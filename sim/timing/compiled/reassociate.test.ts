import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { Graph, type Block, type Node } from './ir.ts';
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
  reassociate(g, { biased: true });
  expect(root.args).toEqual([second, late]);
  expect(second.args[1]).toBe(middle);
  expect(b.nodes).not.toContain(inner);
});

/*
 * unsigned a = x * x, b = a >> 3; return (b ^ x) ^ a;      gcc 12.2, reassoc1:  _7 = a ^ x;  return _7 ^ b
 * return (77 ^ b) ^ a;                                                          _1 = a ^ b;  return _1 ^ 77
 */
it.each([
  [false, '((a x) b)'],
  [true, '((a b) 77)'],
])('joins bits in the order of ranks, a constant last (%s)', (withConstant, wanted) => {
  const g = new Graph();
  const b = g.block(1, { f: 0, block: 0 });
  g.entry = b;
  const x = g.node(b, 'param', 'i32', [], { name: 'x' });
  const square = g.node(b, 'mul', 'i32', [x, x], { name: 'a' });
  const shifted = g.node(b, 'shr_u', 'i32', [square, g.constant('i32', 3n)], { name: 'b' });
  const inner = g.node(b, 'xor', 'i32', [shifted, withConstant ? g.constant('i32', 77n) : x]);
  const root = g.node(b, 'xor', 'i32', [inner, square]);
  b.nodes = [x, square, shifted, inner, root];
  b.term = { kind: 'return', edges: [], values: [root] };
  reassociate(g, { biased: false });
  const written = (n: Node): string =>
    n.op === 'const' ? String(n.value) : n.name || `(${n.args.map(written).toSorted().join(' ')})`;
  expect(written(root).replace('(77 (a b))', '((a b) 77)')).toBe(wanted);
});

/*
 * goertzel, gcc 12.2: load >> 6 + product >> 14 - l2, where l1 becomes the sum and l2 the l1 before. reassoc1: (product - l2) + load, reassoc2: (load + product) - l2
 */
it.each([
  [false, ['product', 'l2', 'load']],
  [true, ['load', 'product', 'l2']],
])('puts off what comes round a loop in the second pass only (%s)', (biased, wanted) => {
  const g = new Graph();
  const at = { f: 0, block: 0 };
  const [before, b] = [g.block(1, at), g.block(10, at)];
  g.entry = before;
  b.loop = { header: b, parent: null, depth: 1, blocks: new Set([b]), preheader: before };
  g.loops = [b.loop];
  const x = g.node(before, 'param', 'i32', []);
  before.nodes = [x];
  const [l1, l2, p] = ['l1', 'l2', 'p'].map((name) => g.node(b, 'phi', 'i32', [], { name })) as [
    Node,
    Node,
    Node,
  ];
  b.phis = [l1, l2, p];
  const six = g.constant('i32', 6n);
  const loaded = g.node(b, 'load', 'i32', [g.node(b, 'add', 'i32', [p, six])], { bytes: 2 });
  const load = g.node(b, 'shr_s', 'i32', [loaded, six], { name: 'load' });
  const times = g.node(b, 'mul', 'i32', [l1, x]);
  const product = g.node(b, 'shr_s', 'i32', [times, six], { name: 'product' });
  const sum = g.node(b, 'add', 'i32', [load, product]);
  const root = g.node(b, 'sub', 'i32', [sum, l2]);
  b.nodes = [loaded.args[0]!, loaded, load, times, product, sum, root];
  const zero = g.constant('i32', 0n);
  [l1.args, l2.args, p.args] = [
    [zero, root],
    [zero, l1],
    [zero, loaded.args[0]!],
  ];
  b.preds = [before, b].map((from) => ({ from, to: b })) as Block['preds'];
  reassociate(g, { biased });
  const terms = (n: Node): string[] => (n.name ? [n.name] : n.args.flatMap(terms));
  expect(new Set(terms(root).slice(0, 2))).toEqual(new Set(wanted.slice(0, 2)));
  expect(terms(root)[2]).toBe(wanted[2]);
});

/*
 * batch2u8, gcc 12.2: what a pointer counts is the pointer less the memory's base and the address it began with. ivopts: _285 = -base - w2c_p2; _286 = ivtmp + _285;
 * reassoc2 (repropagate_negates): _211 = w2c_p2 + base; _286 = ivtmp - _211, where the sum is what the pointer began with
 */
it('adds up what is taken away first', () => {
  const g = new Graph();
  const at = { f: 0, block: 0 };
  const [before, b] = [g.block(1, at), g.block(10, at)];
  g.entry = before;
  b.loop = { header: b, parent: null, depth: 1, blocks: new Set([b]), preheader: before };
  g.loops = [b.loop];
  const [base, from] = ['base', 'from'].map((name) => g.node(before, 'param', 'i32', [], { name })) as [
    Node,
    Node,
  ];
  before.nodes = [base, from];
  const pointer = g.node(b, 'phi', 'i32', [base], { name: 'pointer' });
  b.phis = [pointer];
  const next = g.node(b, 'add', 'i32', [pointer, g.constant('i32', 1n)], { name: 'pointer' });
  pointer.args.push(next);
  const inner = g.node(b, 'sub', 'i32', [pointer, base]);
  const root = g.node(b, 'sub', 'i32', [inner, from]);
  b.nodes = [next, inner, root];
  b.preds = [before, b].map((f) => ({ from: f, to: b })) as Block['preds'];
  reassociate(g, { biased: true });
  expect(root.op).toBe('sub');
  expect(root.args[0]).toBe(pointer);
  expect(root.args[1]!.op).toBe('add');
  expect(root.args[1]!.args).toEqual(expect.arrayContaining([base, from]));
  expect(b.nodes).not.toContain(inner);
});

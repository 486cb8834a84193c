import { expect, it } from 'vitest';
import { productInParts, type Range } from './arcs.ts';
import { Graph, type Edge, type Node } from './ir.ts';
import { Ranges } from './ranges.ts';
import { signedRange } from './signed-range.ts';
import { analyseStructure } from './structure.ts';
import { loopGraph } from './testing/loop-graph.ts';

// gcc takes (x ^ (x >> 31)) - (x >> 31) for the absolute value: a table indexed by that of a 16-bit value needs one check, and the same table's next look-up none.
it.each([false, true])('bounds an index made of an absolute value (operands exchanged: %s)', (exchanged) => {
  const g = new Graph();
  const b = g.block(1, { f: 0, block: 0 });
  g.entry = b;
  const k = (v: bigint): Node => g.constant('i32', v);
  const node = (op: string, ...args: Node[]): Node => g.node(b, op, 'i32', args);
  const x = g.node(b, 'load', 'i32', [node('param')], { bytes: 2, signed: true });
  const sign = node('shr_s', x, k(31n));
  const flipped = exchanged ? node('xor', sign, x) : node('xor', x, sign);
  const magnitude = node('sub', flipped, sign);
  expect(signedRange(magnitude)).toEqual({ low: 0, high: 32768 });
  const index = node('add', node('shl', node('shr_s', magnitude, k(6n)), k(1n)), k(8192n));
  expect(new Ranges().of(index)).toEqual({ low: 8192, high: 9216 });
  // Of any 32-bit value it is no bound: the least number has no magnitude.
  const any = node('param');
  const s = node('shr_s', any, k(31n));
  expect(signedRange(node('sub', node('xor', any, s), s)).low).toBeLessThan(0);
});

/*
 * The index of kernel tcnpad runs between two clamps, of x = 2 * i - 2 with i below 24. gcc 12.2 -O2 -fdump-tree-vrp1:
 *   w2c_i0_90: u32 ~[3, 4294967251]   iftmp.21_161: u32 [0, 2]   w2c_i1_92: u32 [4, 50]   _93: long unsigned int [4, 5]   w2c_i2_114: u32 [0, 4294967294]
 */
it('follows numbers around zero to clamps, and loses them where their parts are multiplied', () => {
  const g = new Graph();
  const b = g.block(1, { f: 0, block: 0 });
  g.entry = b;
  const k = (v: bigint): Node => g.constant('i32', v);
  const node = (op: string, ...args: Node[]): Node => g.node(b, op, 'i32', args);
  const i = g.node(b, 'param', 'i32', [], { range: { low: 0, high: 23 } });
  const twice = node('shl', i, k(1n));
  const negative = node('sub', k(2n), twice);
  const from = node('select', node('ge_s', negative, k(0n)), negative, k(0n));
  const rest = node('sub', k(48n), node('add', twice, k(-2n)));
  const to = node('select', node('gt_s', rest, k(5n)), k(5n), rest);
  const ranges = new Ranges();
  const around = 2 ** 32;
  expect(ranges.anyAt(negative, b)).toEqual({ low: around - 44, high: around + 2 });
  expect([from, rest, to].map((n) => ranges.of(n))).toEqual([
    { low: 0, high: 2 },
    { low: 4, high: 50 },
    { low: 4, high: 5 },
  ]);
  const parts = { low: around - 2, high: around + 144 };
  expect(productInParts(parts, { low: 2, high: 2 })).toEqual({ low: 0, high: around - 2 });
});

/** for (i = first; ; ++i < end), what an access by i * `apart` reads. */
function counted(first: Node | bigint, g: Graph, end: (g: Graph) => Node, apart: bigint): Node {
  const { entry, loop, close } = loopGraph(g);
  const start = typeof first === 'bigint' ? g.constant('i32', first) : first;
  start.block = entry;
  const i = g.node(loop, 'phi', 'i32', [start]);
  const place = g.node(loop, 'mul', 'i32', [i, g.constant('i32', apart)]);
  const read = g.node(loop, 'load', 'i32', [place], { bytes: 1 });
  const next = g.node(loop, 'add', 'i32', [i, g.constant('i32', 1n)]);
  i.args.push(next);
  const bound = end(g);
  bound.block = entry;
  const test = g.node(loop, 'lt_s', 'i32', [next, bound]);
  loop.phis.push(i);
  loop.nodes.push(place, read, next, test);
  close(test);
  analyseStructure(g);
  return i;
}

/*
 * Of the same kernel: for (i = 0; n > i; i++) has  w2c_l8_65: u32 [0, 2147483647], while it tests at its top. From one clamp to the other, beside accesses two bytes apart:
 *   w2c_l1_106: u32 [0, 5];  beside single bytes alone (csrgemv) such a counter is VARYING.
 */
it('bounds what counts up to anything, signed, from a number, and from a range where accesses leap', () => {
  const param = (g: Graph, range: Node['range'] = null): Node =>
    g.node(g.block(1, { f: 0, block: 0 }), 'param', 'i32', [], { range });
  const any = new Graph();
  expect(new Ranges().of(counted(0n, any, param, 1n))).toEqual({ low: 0, high: 2 ** 31 - 2 });
  const index = (apart: bigint) => {
    const g = new Graph();
    return new Ranges().of(
      counted(param(g, { low: 0, high: 2 }), g, (to) => param(to, { low: 4, high: 5 }), apart),
    );
  };
  expect(index(2n)).toEqual({ low: 0, high: 4 });
  expect(index(1n).high).toBe(2 ** 32 - 1);
});

/*
 * u32 i = (p & 63) - 4, n = 0 - i, r; if ((s32)i < 0) r = n; else r = i; if (r > 59) g();   gcc 12.2 -O2 -fdump-tree-evrp: g is gone, and r > 58 is "if (r_4 == 59)".
 */
it('works out again, on a way, what was worked out before it', () => {
  const at = { f: 0, block: 0 };
  const g = new Graph();
  const [entry, other, join] = [g.block(2, at), g.block(1, at), g.block(2, at)] as const;
  g.entry = entry;
  const k = (v: bigint): Node => g.constant('i32', v);
  const p = g.node(entry, 'param', 'i32', [], { range: { low: 0, high: 63 } });
  const i = g.node(entry, 'add', 'i32', [p, k(-4n)]);
  const n = g.node(entry, 'sub', 'i32', [k(0n), i]);
  const test = g.node(entry, 'lt_s', 'i32', [i, k(0n)]);
  entry.nodes.push(p, i, n, test);
  const edge = (from: typeof entry, to: typeof entry): Edge => ({ from, to, weight: 1 });
  const [negative, positive, on] = [edge(entry, join), edge(entry, other), edge(other, join)];
  entry.term = { kind: 'branch', condition: test, edges: [negative, positive] };
  other.term = { kind: 'jump', edges: [on] };
  other.preds = [positive];
  join.preds = [negative, on];
  const r = g.node(join, 'phi', 'i32', [n, i], { variable: 0 });
  join.phis.push(r);
  join.term = { kind: 'return', values: [r], edges: [] };
  analyseStructure(g);
  expect(new Ranges().of(r)).toEqual({ low: 0, high: 59 });
  // The same as a choice.
  const chosen = g.node(entry, 'select', 'i32', [test, n, i]);
  expect(new Ranges().of(chosen)).toEqual({ low: 0, high: 59 });
});

/*
 * u32 k = -4; do { use(k); k++; } while ((s32)k <= 4);   gcc 12.2 -O2 -fdump-tree-evrp-details: k_2 : unsigned int ~[5, 2147483649]. It passes the end of its type, so bounds_of_var_in_loop says
 * nothing of it; its test does. (That gcc takes off a number or two more below has no use.)
 */
it('takes no counter that passes the end of its type for bounded by its start', () => {
  const g = new Graph();
  const k = counted(-4n, g, () => g.constant('i32', 5n), 1n);
  const { low, high } = new Ranges().anyAt(k, k.block);
  expect(high).toBe(2 ** 32 + 4);
  expect(low).toBeGreaterThanOrEqual(2 ** 31);
  expect(low).toBeLessThanOrEqual(2147483650);
});

/*
 * past = 2052 + ((t + (direction ? 1 : -1)) << 2) with t below 20, of kernel qrnnpool. gcc 12.2 -O2 -fdump-tree-evrp:
 *   w2c_i0_338: unsigned int ~[21, 4294967294]   w2c_i0_340: u32 [0, 4294967292]   w2c_i0_342: u32 [2048, 2132]
 */
it('adds a choice of numbers on both sides of zero part by part', () => {
  const g = new Graph();
  const b = g.block(1, { f: 0, block: 0 });
  g.entry = b;
  const k = (v: bigint): Node => g.constant('i32', v);
  const node = (op: string, ...args: Node[]): Node => g.node(b, op, 'i32', args);
  const t = g.node(b, 'param', 'i32', [], { range: { low: 0, high: 19 } });
  const step = node('select', node('param'), k(1n), k(-1n));
  // Neither is zero.
  expect(new Ranges().of(step)).toEqual({ low: 1, high: 2 ** 32 - 1 });
  const sum = node('add', t, step);
  expect(new Ranges().anyAt(sum, b)).toEqual({ low: 2 ** 32 - 1, high: 2 ** 32 + 20 });
  expect(new Ranges().of(node('add', node('shl', sum, k(2n)), k(2052n)))).toEqual({ low: 2048, high: 2132 });
});

/** `i` from `start` by `step` while `i + ahead` compares so with `bound`, at the end of each round. */
function tested(start: bigint, step: bigint, ahead: bigint, op: string, bound: bigint): Range {
  const g = new Graph();
  const { loop, close } = loopGraph(g);
  const i = g.node(loop, 'phi', 'i32', [g.constant('i32', start)]);
  const next = g.node(loop, 'add', 'i32', [i, g.constant('i32', step)]);
  i.args.push(next);
  const asked =
    ahead === 0n ? i : ahead === step ? next : g.node(loop, 'add', 'i32', [i, g.constant('i32', ahead)]);
  const test = g.node(loop, op, 'i32', [asked, g.constant('i32', bound)]);
  loop.phis.push(i);
  loop.nodes.push(...new Set([next, asked, test].filter((n) => n !== i)));
  close(test);
  analyseStructure(g);
  return new Ranges().anyAt(i, loop);
}

const within = (x: number, { low, high }: Range): boolean =>
  ((((x - low) % 2 ** 32) + 2 ** 32) % 2 ** 32) + low <= high;

/* Loops of be_ndes (i + 16 > 1 from 0 by -1), ta_huffenc (i != 416, of i itself) and bcblowfish (i + 2 < 16 from -2): the numbers that they take, first and last. */
it.each([
  ['gt_u', tested(0n, -1n, 16n, 'gt_u', 1n), [0, -15]],
  ['ne', tested(0n, 1n, 0n, 'ne', 416n), [0, 416]],
  ['ne', tested(0n, 1n, 1n, 'ne', 416n), [0, 415]],
  ['lt_u', tested(-2n, 2n, 2n, 'lt_u', 16n), [-2, 0, 14]],
])('holds what a counter takes that is tested ahead, at the top or across zero: %s', (_, range, taken) => {
  expect(taken.filter((x) => !within(x, range))).toEqual([]);
});

// A head of four shares one of two groups, head / 2 in kernel gqalibi: with its range the addresses of keys and values fit 32 bits, gcc 12.2, vrp1: w2c_i2: u32 [0, 1]
it('divides ranges, signed ones towards zero', () => {
  const g = new Graph();
  const b = g.block(1, { f: 0, block: 0 });
  g.entry = b;
  const by = (x: Node, k: bigint) => g.node(b, 'div_s', 'i32', [x, g.constant('i32', k)]);
  const head = g.node(b, 'param', 'i32', [], { range: { low: 0, high: 3 } });
  expect(new Ranges().of(by(head, 2n))).toEqual({ low: 0, high: 1 });
  const byte = g.node(b, 'load', 'i32', [head], { bytes: 1, signed: true });
  expect(new Ranges().signedAt(by(byte, 3n), b)).toEqual({ low: -42, high: 42 });
  expect(new Ranges().signedAt(by(byte, -4n), b)).toEqual({ low: -31, high: 32 });
});

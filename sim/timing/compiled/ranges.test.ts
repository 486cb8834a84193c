import { expect, it } from 'vitest';
import { Graph, type Node } from './ir.ts';
import { Ranges } from './ranges.ts';
import { signedRange } from './signed-range.ts';

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

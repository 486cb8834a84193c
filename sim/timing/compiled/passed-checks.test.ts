import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { Graph, type Block } from './ir.ts';
import { listing } from './listing.ts';
import { dropPassedChecks } from './passed-checks.ts';

/*
 * A round of kernel hamrot, gcc 12.2 for the Cortex-M4, reads 8 bytes at r6 - 552, r6 - 584, r4 and r4 - 32 behind
 *   cmp r3, r9;  sbcs.w r3, r1, r3;  bcc.n
 * alone: the ends of the other accesses are the compared counter less a constant (kernel avgpool2: ivtmp.43 > size, then ivtmp.43 - 1 > size, dropped by vrp2).
 */
const run = (ends: readonly number[], kinds = ends.map(() => 'i64' as const)) => {
  const g = new Graph();
  const b: Block = g.block(1, { f: 0, block: 0 });
  g.entry = b;
  const [counter, size] = [g.node(b, 'param', 'i64', []), g.node(b, 'param', 'i32', [])];
  ends.forEach((added, i) => {
    const end =
      added === 0 ? counter : g.node(b, 'add', kinds[i]!, [counter, g.constant(kinds[i]!, BigInt(added))]);
    b.nodes.push(g.node(b, 'guard64', 'void', [end, size], { offset: added }));
  });
  dropPassedChecks(g);
  return b.nodes.map((n) => n.offset);
};

it('drops what is below an end that passed, where one of them is what the other is made from', () => {
  expect(run([0, -32])).toEqual([0]);
  expect(run([4, 0])).toEqual([4]);
  expect(run([-32, 0])).toEqual([-32, 0]);
  // _60 + 2 > size, then _60 + 1 > size stays (kernel avgpool2 before induction variables are chosen).
  expect(run([2, 1])).toEqual([2, 1]);
});

/** Of the loop, whose first block may stand once more before it. */
const code = (locals: ('i32' | 'i64')[], body: Op[]): string[] =>
  listing({ params: ['i32'], results: ['i32'], locals, body }, [3], firmware(true))
    .filter((b) => b.weight > 5)
    .flatMap((b) => b.code);

/*
 * q = 2048; p = -400; do { s += load32(q) * load32(p + 1424); store32(1024, s); q += 4; } while (p += 40);
 *   gcc 12.2 -O2 -mcpu=cortex-m4, with checks
 *     ldr r1, [r4, #12]; ldr r7, [r4]; mov r2, ip; add ip, ip, #4; cmp ip, r1; bls; ldr r1, [r7, r2]; adds r2, r7, r3; ldr r2, [r2, #-4]; adds r3, r3, #40; mla; adc; subw; orrs; str; beq
 */
it('drops what ranges of variables of 64 bits are below', () => {
  const text = code(
    ['i32', 'i32', 'i32'],
    [
      ['i32.const', 2048],
      ['local.set', 1],
      ['i32.const', -400],
      ['local.set', 2],
      ['loop', 'void'],
      ['local.get', 3],
      ['local.get', 1],
      ['i32.load', 0, 0],
      ['local.get', 2],
      ['i32.const', 1424],
      ['i32.add'],
      ['i32.load', 0, 0],
      ['i32.mul'],
      ['i32.add'],
      ['local.set', 3],
      ['i32.const', 1024],
      ['local.get', 3],
      ['i32.store', 0, 0],
      ['local.get', 1],
      ['i32.const', 4],
      ['i32.add'],
      ['local.set', 1],
      ['local.get', 2],
      ['i32.const', 40],
      ['i32.add'],
      ['local.tee', 2],
      ['br_if', 0],
      ['end'],
      ['local.get', 3],
    ],
  );
  expect(text.filter((t) => t.endsWith('trap'))).toEqual(['bhi trap']);
  expect(text.filter((t) => t === 'sbcs')).toEqual([]);
});

/*
 * p = (n & 63) * 36 + 4096; q = 1024; 20 times s += (i64) load8_s(p) * (i64) load32(q); p += 2; q += 4
 *   gcc 12.2 -O2 -mcpu=cortex-m4, with checks
 *     adds lr, r3, #1; adc r4, r1, #0; cmp r5, lr; sbcs r4, r1, r4; sub r10, r2, #4; bcc; ldr; ldrsb; cmp r5, r2; sbcs fp, r1, ip; bcc; ldr; adds r2, r2, #4; smlal; adc ip, ip, #0; ...
 */
it('counts the end in 64 bits only of what begins with a number', () => {
  const text = code(
    ['i32', 'i32', 'i64'],
    [
      ['local.get', 0],
      ['i32.const', 63],
      ['i32.and'],
      ['i32.const', 36],
      ['i32.mul'],
      ['i32.const', 4096],
      ['i32.add'],
      ['local.set', 0],
      ['i32.const', 1024],
      ['local.set', 1],
      ['i32.const', 20],
      ['local.set', 2],
      ['loop', 'void'],
      ['local.get', 3],
      ['local.get', 0],
      ['i64.load8_s', 0, 0],
      ['local.get', 1],
      ['i64.load32_s', 0, 0],
      ['i64.mul'],
      ['i64.add'],
      ['local.set', 3],
      ['local.get', 0],
      ['i32.const', 2],
      ['i32.add'],
      ['local.set', 0],
      ['local.get', 1],
      ['i32.const', 4],
      ['i32.add'],
      ['local.set', 1],
      ['local.get', 2],
      ['i32.const', -1],
      ['i32.add'],
      ['local.tee', 2],
      ['br_if', 0],
      ['end'],
      ['local.get', 3],
      ['i32.wrap_i64'],
    ],
  );
  expect(text.filter((t) => /^(adds|adc|sbcs)$/.test(t))).toEqual([
    'adds',
    'adc',
    'sbcs',
    'sbcs',
    'adds',
    'adc',
  ]);
});

import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { cores } from '../../cores/index.ts';
import { buildFor } from './build.ts';
import { listing } from './listing.ts';

/*
 * A checked loop that stores reads the memory's length and pointer again at its end, the length first: the check waits for it.
 *   gcc 12.2, kernel lutapply, Cortex-A7   strb.w r2, [r4, lr];  beq.n;  ldr r5, [r0, #12];  subs r2, r3, #1;  ldr r4, [r0, #0];  cmp r5, r3;  bcs.n
 */
it('reads length and pointer again behind the store, the length first', () => {
  const body: Op[] = [
    ['local.get', 0],
    ['i32.load8_u', 0, 0],
    ['local.set', 1],
    ['loop', 'void'],
    ['local.get', 0],
    ['local.get', 0],
    ['i32.load8_u', 0, 0],
    ['i32.store8', 0, 1024],
    ['local.get', 0],
    ['i32.const', 1],
    ['i32.add'],
    ['local.tee', 0],
    ['i32.const', 512],
    ['i32.ne'],
    ['br_if', 0],
    ['end'],
    ['local.get', 1],
  ];
  const build = buildFor(cores['cortex-a7'], true);
  const blocks = listing({ params: ['i32'], results: ['i32'], locals: ['i32'], body }, [0], build);
  const isRead = (t: string) => /^ldr (size|base)/.test(t);
  // In a block of its own, behind the branch that leaves the loop.
  const [back] = blocks.filter(({ weight, code }) => weight > 1 && code.some(isRead));
  expect(back!.code.filter(isRead)).toEqual(['ldr size', 'ldr base']);
  expect(back!.code.some((t) => /^(strb|b<cc>)/.test(t))).toBe(false);
});

/** A loop that stores on some of its ways, and a read behind it. */
const rareStore: Op[] = [
  ['loop', 'void'],
  ['local.get', 0],
  ['i32.load8_u', 0, 0],
  ['local.tee', 1],
  ['i32.const', 1],
  ['i32.and'],
  ['i32.eqz'],
  ['if', 'void'],
  ['local.get', 1],
  ['local.get', 0],
  ['i32.store8', 0, 1024],
  ['end'],
  ['local.get', 0],
  ['i32.const', 1],
  ['i32.add'],
  ['local.tee', 0],
  ['i32.const', 512],
  ['i32.ne'],
  ['br_if', 0],
  ['end'],
  ['local.get', 0],
  ['i32.load8_u', 0, 0],
];

/*
 * A way round that stored reads both again, the others do not, where what comes behind the loop reads them, too.
 *   gcc 12.2, kernel ppgpeak, Cortex-A7, once in 27 rounds   strh.w r4, [lr, r1]; ..  ldr.w lr, [r0, #28];  ldr r7, [r0, #40];  .. b.n
 *   every round                                              cmp r2, r7;  bhi.n;  ldrh.w r3, [lr, r3];  ..
 */
it('reads length and pointer again on the way that stored alone', () => {
  const { stores, others } = readsOfLoop(rareStore);
  expect(stores).toEqual([2]);
  expect(Math.max(...others)).toBe(0);
});

/*
 * Where what comes behind the loop does not read it, the join of its ways is not sure to. Yet the way that stored reads the pointer behind its store, for the load there, and nothing reads twice.
 *   gcc 12.2 -O2, Cortex-A7, without checks   ldrb r1, [r2, r3]; tst r1, #1; bne; add r2, r2, r3; strb r1, [r2, #1024]; ldr r2, [ip]; adds r1, r2, r3; ldrb r1, [r1, #512]; add; adds; cmp; bne
 *   its dump of pre (RTL)                     PRE: redundant insn 26 (expression 2) in bb 5;  PRE: edge (4,5), copy expression 2;  PRE: bb 6, insn 89, copy expression 2 in insn 38
 */
it('reads nothing again in a loop whose stores are followed by reads on their own way', () => {
  const body: Op[] = [
    ...[
      ['loop', 'void'],
      ['local.get', 0],
      ['i32.load8_u', 0, 0],
      ['local.tee', 1],
    ],
    ...[['i32.const', 1], ['i32.and'], ['i32.eqz'], ['if', 'void'], ['local.get', 0], ['local.get', 1]],
    ...[['i32.store8', 1024, 0], ['local.get', 0], ['i32.load8_u', 512, 0], ['local.get', 1], ['i32.add']],
    ...[['local.set', 1], ['end'], ['local.get', 0], ['i32.const', 1], ['i32.add'], ['local.tee', 0]],
    ...[['i32.const', 512], ['i32.ne'], ['br_if', 0], ['end'], ['local.get', 1]],
  ] as Op[];
  const { stores, others } = readsOfLoop(body, false);
  expect(stores).toEqual([1]);
  expect(Math.max(...others)).toBe(0);
});

/*
 * Behind some tens of checks nothing is hot, and the passes over trees insert nothing. The pass over registers does not ask (load-motion.ts).
 *   gcc 12.2, this loop as wasm2c writes it, Cortex-A7   bne .L6;  ..  strb r1, [r6, r3];  ldr r6, [r0];  ldr r4, [r0, #12];  .L6: cmp lr, #512;  mov r1, lr;  bne .L4
 */
it('reads again on the way that stored alone where gcc makes code small, too', () => {
  const checks = Array.from({ length: 140 }, (_, k): Op[] => [
    ['local.get', 0],
    ['i32.load8_u', 0, 8192 + 64 * k],
    ['local.get', 1],
    ['i32.add'],
    ['local.set', 1],
  ]).flat();
  const { stores, others } = readsOfLoop([...checks, ...rareStore]);
  expect(stores).toEqual([2]);
  expect(Math.max(...others)).toBe(0);
});

function readsOfLoop(body: Op[], checked = true): { stores: number[]; others: number[] } {
  const build = buildFor(cores['cortex-a7'], checked);
  const blocks = listing({ params: ['i32'], results: ['i32'], locals: ['i32'], body }, [0], build);
  const reads = ({ code }: { code: string[] }) => code.filter((t) => /^ldr (size|base)/.test(t)).length;
  const inLoop = blocks.filter((b) => b.weight > 1);
  const isStore = (b: { code: string[] }) => b.code.some((t) => t.startsWith('strb'));
  return { stores: inLoop.filter(isStore).map(reads), others: inLoop.filter((b) => !isStore(b)).map(reads) };
}

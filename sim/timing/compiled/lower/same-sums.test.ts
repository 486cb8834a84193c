import { expect, it } from 'vitest';
import { assemble, type Op } from '../../../wasm/assemble.ts';
import { analyse, instrument, measure } from '../../../wasm/index.ts';
import { cores } from '../../../cores/index.ts';
import { buildFor } from '../build.ts';
import { compileModule } from '../compile.ts';

/** q = p + 1; s = load8(p + offset); return (load8(q) ^ s) * q; */
const body = (offset: number): Op[] => [
  ...([['local.get', 0], ['i32.const', 1], ['i32.add'], ['local.set', 1]] as Op[]),
  ...([
    ['local.get', 1],
    ['i32.load8_u', 0, 0],
    ['local.set', 2],
  ] as Op[]),
  ...([['local.get', 0], ['i32.load8_u', offset, 0], ['local.get', 2], ['i32.xor']] as Op[]),
  ...([['local.get', 1], ['i32.mul']] as Op[]),
];

/** Whether the check compares what the loop goes on with, and not what adds leaves. */
function comparesSum(offset: number): boolean {
  const source = { params: ['i32'], results: ['i32'], locals: ['i32', 'i32'], body: body(offset) };
  const analysis = analyse(assemble([{ export: 'run', ...source }]));
  const counts = measure(instrument(analysis), ({ exports }) => {
    (exports.run as (...args: number[]) => unknown)(8);
  });
  const [compiled] = compileModule(analysis, counts, buildFor(cores['cortex-a7'], true));
  const code = compiled!.allocation.code.blocks.flatMap((b) => b.code);
  const check = code.filter((m) => m.text === 'cmp').at(-1)!;
  const sum = code.filter((m) => m.text === 'add #1').at(-1)!;
  return check.uses.some((r) => sum.defs.includes(r));
}

/*
 * gcc 12.2 -O2 -mcpu=cortex-a7 of wasm2c's C, q in r3. The second check with the offset 0:
 *   adds r0, r1, #1; adc.w r0, r2, #0; cmp r6, r3; sbcs r2, r0; bcc.n
 * and with the offset 4:
 *   adds r7, r1, #5; adc.w lr, r2, #0; cmp r6, r7; sbcs.w r2, r2, lr; bcc.n
 */
it('compares the end of a check as the sum that was made before', () => {
  expect(comparesSum(0)).toBe(true);
  expect(comparesSum(4)).toBe(false);
});

/** The Cortex-M33's rules on sequences that were measured on silicon (the page that cortex-m33.ts names), and on what it says in words. */
import { expect, it } from 'vitest';
import { parseInstruction } from './arm-instruction.ts';
import { cortexM33Cycles } from './cortex-m33.ts';

const narrow = /^(subs|adds|movs|muls|it|b\w*|cbz|bx|.*\.n)$/;

/** Cycles of some rounds of a sequence, or of one whose last branch is not taken. */
function cycles(lines: readonly string[], rounds = 1): number {
  let address = 0;
  const block = lines.map((line) => {
    const [mnemonic, ...operands] = line.split(' ');
    const bytes = narrow.test(mnemonic!) && mnemonic !== 'bl' ? 2 : 4;
    const read = parseInstruction(address, bytes, mnemonic!.replace('.n', ''), operands.join(' '));
    address += bytes;
    return read;
  });
  return cortexM33Cycles({ blocks: [block], order: new Uint32Array(rounds) });
}
/** What one more round takes when the branch at the end leads back. */
const round = (...lines: string[]): number => cycles(lines, 3) - cycles(lines, 2);

it('takes branches as measured', () => {
  expect(round('subs r7, #1', 'bne 0')).toBe(3); // 1 and 2, taken
  expect(cycles(['subs r7, #1', 'bne 0'])).toBe(1); // 0, not taken
  expect(round('subs r7, #1', 'add.n r0, r1', 'bne 0')).toBe(3); // 1, 1 and 1
  expect(round('subs r7, #1', 'ldmia.n r6!, {r0, r1, r2, r3}', 'bne 0')).toBe(6); // 1, 4 and 1
  expect(round('sub.w r7, r7, #1', 'b 0')).toBe(3); // beside nothing
});

it.each([
  [['mov.n r10, r10', 'it eq', 'addeq.w r0, r1, r2, ror #23', 'add.n r0, r3'], 4], // "1 cycle", then "2 cycles eq"
  [['mov.n r10, r10', 'it eq', 'addseq.w r0, r1, #8128'], 3], // "2 cycles eq"
  [['mov.w r4, r5', 'it eq', 'addeq.w r0, r1, #27'], 3], // nothing goes beside 32 bits
  [['muls r0, r1', 'mov.n r2, r3'], 3],
  [['add.w r0, r1, #452984832', 'add.n r2, r0'], 3], // 0x1b000000 is shifted
  [['add.w r0, r1, #452991744', 'add.n r2, r0'], 2], // 0x1b001b00 is repeated
  [['ldr.n r0, [r1]', 'add.n r2, r0'], 3],
  [['ldr.n r0, [r1]', 'str.n r0, [r2]'], 2],
  [['ldr.n r0, [r1]', 'mla r3, r4, r5, r0'], 2],
  [['ldr.n r0, [r1]', 'uxtab r3, r0, r5'], 3],
  [['mla r3, r4, r5, r0', 'mla r3, r4, r5, r3'], 2],
  [['mla r3, r4, r5, r0', 'mla r0, r3, r5, r1'], 3],
  [['mla r3, r4, r5, r0', 'str.n r3, [r2]'], 2],
  [['mla r3, r4, r5, r0', 'ldr.n r1, [r3]'], 3],
  [['smlal r0, r1, r2, r3', 'smlal r0, r1, r4, r5'], 2],
  [['smlalbb r0, r1, r2, r3', 'smlalbb r0, r1, r4, r5'], 2],
  [['smlalbb r0, r1, r2, r3', 'add.n r4, r1'], 3],
  [['ssat r0, #16, r1', 'strh.n r0, [r2]'], 3],
  [['ldrd r0, r1, [r2]', 'mov.n r3, r4'], 3],
  [['cmp.w r0, r1, lsl #2', 'bne 0'], 3], // flags a cycle later
  [['bfi r0, r1, #3, #4', 'add.n r0, r2'], 2],
])('takes %j in %i', (lines, expected) => {
  expect(cycles(lines)).toBe(expected);
});

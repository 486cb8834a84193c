/** The scoreboard of the Cortex-A7 on products of each form: what hardwarebug.org measured (2014), and that none of them pairs (GCC's cortex-a7.md). */
import { expect, it } from 'vitest';
import { parseInstruction } from './arm-instruction.ts';
import { cortexA7Cycles } from './cortex-a7.ts';

/** Cycles until a sequence's last instruction has begun. */
function cycles(lines: readonly string[]): number {
  const block = lines.map((line, k) => {
    const [mnemonic, ...operands] = line.split(' ');
    return parseInstruction(4 * k, 4, mnemonic!, operands.join(' '));
  });
  return cortexA7Cycles({ blocks: [block], order: Uint32Array.of(0) });
}

it.each(['mul r4, r2, r3', 'smulwb r4, r2, r3', 'smuad r4, r2, r3', 'smmls r4, r2, r3, r5'])(
  'gives %s after three cycles, alone',
  (product) => {
    expect(cycles([product, 'mov r5, #1'])).toBe(2);
    expect(cycles([product, 'add r6, r4, r7'])).toBe(4);
  },
);

it.each(['smlal', 'umlal', 'umaal', 'smlalbb', 'smlaltt', 'smlald'])('gives both words of %s late', (sum) => {
  expect(cycles([`${sum} r0, r1, r2, r3`, 'mov r5, #1'])).toBe(2);
  expect(cycles([`${sum} r0, r1, r2, r3`, 'add r6, r0, r7'])).toBe(4);
  expect(cycles([`${sum} r0, r1, r2, r3`, 'add r6, r1, r7'])).toBe(4);
});

it.each(['mla', 'smlabb', 'smlawb', 'smmla', 'smlad'])('adds to the sum of %s at once', (sum) => {
  expect(cycles([`${sum} r0, r2, r3, r0`, `${sum} r0, r4, r5, r0`])).toBe(2);
  expect(cycles([`${sum} r0, r2, r3, r1`, `${sum} r4, r0, r5, r1`])).toBe(4);
});

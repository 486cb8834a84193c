/** The scoreboard of the Cortex-A8 against the manual's own examples (Arm DDI 0344, example 16-6; table 14.3 of Stallings). */
import { describe, expect, it } from 'vitest';
import { parseInstruction } from './arm-instruction.ts';
import { cortexA8Cycles } from './cortex-a8.ts';

/** The cycle in which a sequence's last instruction is over. */
function cycles(...lines: string[]): number {
  const block = lines.map((line, k) => {
    const [mnemonic, ...operands] = line.split(' ');
    return parseInstruction(4 * k, 4, mnemonic!, operands.join(' '));
  });
  return cortexA8Cycles({ blocks: [block], order: Uint32Array.of(0) });
}

/** As Arm schedules it: the cycle that each begins in. */
const example: readonly (readonly [line: string, cycle: number])[] = [
  ['bx lr', 1],
  ['cmp r0, #0', 1],
  ['mov r3, #3', 2],
  ['mov r0, #0', 2],
  ['streq r3, [r1, #0]', 3],
  ['cmp r2, #4', 3],
  ['ldrls pc, [pc, r2, lsl #2]', 4],
  ['mov r0, #1', 5],
  ['b 38', 6],
  ['str r0, [r1, #0]', 6],
  ['ldr pc, [sp], #4', 7],
  ['add r2, r4, #12', 8],
  ['ldr r0, [r6, #4]', 9],
  ['mov r1, #10', 9],
  ['ldr r0, [r0, #0]', 12],
  ['str r0, [r4, #0]', 13],
];

describe('cortexA8Cycles', () => {
  it("schedules the manual's example as the manual does", () => {
    const lines = example.map(([line]) => line);
    // A jump by a load takes a cycle more, which the next instruction shares.
    const ends = example.map(([line, begins]) => begins + Number(line.includes('pc,')));
    expect(lines.map((_, k) => cycles(...lines.slice(0, k + 1)))).toEqual(ends);
  });

  it.each([
    [['add r1, r2, r3', 'mul r4, r5, r6', 'mul r7, r8, r9'], 5], // products in pipeline 0 only, two cycles each
    [['ldr r5, [r6]', 'str r7, [r8]', 'mov r9, r10'], 2], // one access a cycle
    [['moveq r1, r2', 'movne r1, r3'], 2], // one result a register
    [['mov r1, r2', 'add r3, r1, r4'], 1], // a move goes with who needs it in E2
    [['add r1, r2, r3', 'str r1, [r4]'], 1], // stored in E3
    [['add r1, r2, r3', 'ldr r5, [r1]'], 3], // an address in E1
    [['add r1, r2, r3', 'add r4, r5, r1, lsl #2'], 3], // the shifter in E1
    [['add r1, r2, r3', 'add r4, r1, r5, lsl #2'], 2],
    [['mla r1, r2, r3, r4', 'mla r1, r5, r6, r1'], 4], // sums of products follow at once
    [['mul r1, r2, r3', 'add r4, r1, r5'], 6],
    [['smull r1, r2, r3, r4', 'mov r5, r6'], 3], // beside the last of three
    [['smlalbb r1, r2, r3, r4', 'mov r5, r6'], 3],
    [['smlalbb r1, r2, r3, r4', 'add r5, r2, r6'], 7], // the upper word comes as late as the lower
    [['smlald r1, r2, r3, r4', 'mov r5, r6'], 2],
    [['smulwb r1, r2, r3', 'mov r5, r6'], 1],
    [['smlad r1, r2, r3, r4', 'smlad r1, r5, r6, r1'], 4],
    [['ldrh r1, [r2, r3, lsl #1]'], 2],
    [['ldr r1, [r2, r3, lsl #2]'], 1],
  ])('takes %j in %i', (lines, expected) => {
    expect(cycles(...lines)).toBe(expected);
  });
});

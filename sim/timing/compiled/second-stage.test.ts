/** The Cortex-M33 on sequences that were measured on silicon (sim/cores/cortex-m33.ts names the page), with encodings whose width is certain. */
import { expect, it } from 'vitest';
import type { SecondStage, SingleIssueTiming } from '../../cores/core.ts';
import { cores } from '../../cores/index.ts';
import { instruction, type Kind, type Machine, type MachineBlock } from './machine.ts';
import { emptySecondStage, secondStageBlock } from './second-stage.ts';

const timing = cores['cortex-m33'].timing as SingleIssueTiming & { secondStage: SecondStage };
const origin = { f: 0, block: 0 };
const narrow = (kind: Kind, text: string, defs: number[], uses: number[], more: Partial<Machine> = {}) =>
  instruction(kind, text, origin, { defs, uses, wide: 0, ...more });
const wide = (kind: Kind, text: string, defs: number[], uses: number[], more: Partial<Machine> = {}) =>
  narrow(kind, text, defs, uses, { wide: 1, ...more });
const subs = narrow('alu', 'subs #1', [7], [7], { immediate: true, setsFlags: true });
const copy = narrow('move', 'mov', [0], [1], { copy: true });
const load = narrow('load', 'ldr', [0], [1], { address: [1] });
const store = (value: number) => narrow('store', 'str', [], [value, 2], { address: [2] });
const mla = (to: number, ...uses: number[]) => wide('multiply', 'mla', [to], uses, { accumulator: uses[2]! });
const branch = (taken: number) => narrow('branch', 'b<cc>', [], [], { readsFlags: true, taken });

function cycles(...code: Machine[]): number {
  const b = { id: 0, code, weight: 1, frequency: 1, successors: [], next: -1, loopDepth: 0, origin };
  return secondStageBlock(b satisfies MachineBlock, emptySecondStage(), timing).cycles;
}

it.each([
  ['subs; bne taken', [subs, branch(1)], 3],
  ['subs; bne not taken', [subs, branch(0)], 1],
  ['subs; mov; bne taken', [subs, copy, branch(1)], 3],
  ['subs; mov; bne not taken', [subs, copy, branch(0)], 2],
  ['sub.w; bne', [wide('alu', 'subs #', [7], [7], { setsFlags: true }), branch(0)], 2],
  ['mov; it', [copy, narrow('if-then', 'it x1', [], [])], 1],
  ['mov.w; it', [wide('move', 'mov', [0], [1]), narrow('if-then', 'it x1', [], [])], 2],
  ['ldr and its reader', [load, narrow('alu', 'add', [2], [2, 0])], 3],
  ['ldr and a stranger', [load, narrow('alu', 'add', [2], [2, 3])], 2],
  ['ldr; str of it', [load, store(0)], 2],
  ['ldr; mla that adds it', [load, mla(3, 4, 5, 0)], 2],
  ['ldr; mla that multiplies it', [load, mla(3, 0, 5, 4)], 3],
  ['mla; mla', [mla(3, 4, 5, 3), mla(3, 4, 5, 3)], 2],
  ['mla; add', [mla(3, 4, 5, 3), narrow('alu', 'add', [2], [2, 3])], 3],
  ['mla; str', [mla(3, 4, 5, 3), store(3)], 2],
  [
    'add shifted; add',
    [wide('alu', 'add lsl #2', [3], [4, 5], { shifted: true }), narrow('alu', 'add', [2], [2, 3])],
    3,
  ],
  ['add #0x1b000000; add', [wide('alu', 'add #452984832', [3], [4]), narrow('alu', 'add', [2], [2, 3])], 3],
  ['add #0x1b001b00; add', [wide('alu', 'add #452991744', [3], [4]), narrow('alu', 'add', [2], [2, 3])], 2],
  ['adds #0x1fc0', [wide('alu', 'adds #8128', [3], [4], { setsFlags: true })], 2],
  ['cmn #0x8000; bge', [wide('compare', 'cmp #-32768', [], [3], { setsFlags: true }), branch(0)], 3],
  ['addw #4095; add', [wide('alu', 'add #4095', [3], [4]), narrow('alu', 'add', [2], [2, 3])], 2],
  ['ssat; str', [wide('shift', 'ssat', [3], [4], { immediate: true }), store(3)], 3],
  [
    'ldrd; mov',
    [wide('load', 'ldrd', [0, 1], [2], { address: [2], words: 2 }), narrow('move', 'mov', [3], [4])],
    3,
  ],
] as const)('takes %s in the cycles that were counted', (_, code, expected) => {
  expect(cycles(...code)).toBe(expected);
});

it('expects a share of the encodings to have 16 bits', () => {
  const half = narrow('alu', 'subs #1', [7], [7], { setsFlags: true, wide: 0.5 });
  expect(cycles(half, branch(0))).toBe(1.5);
});

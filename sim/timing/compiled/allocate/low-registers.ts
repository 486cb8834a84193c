/**
 * Values that want r0 to r7: gcc's patterns for words that move to and from variables in memory (*thumb2_movsi) and for branches on zero (*thumb2_cbz) have alternatives for the low registers
 * and hide those for all, or charge them, so that the others cost one move more (ira-costs.cc, record_reg_classes). Loads and stores of linear memory, which may be unaligned, take any register.
 */
import type { Machine } from '../machine.ts';
import { registersInAll } from './registers.ts';

export const isLow = (colour: number): boolean => colour < 4 || (colour >= 6 && colour < 10);

/** r0 to r7 as colours. */
const lowRegisters = Array.from({ length: registersInAll }, (_, c) => c).filter(isLow);
export const highRegisters = Array.from({ length: registersInAll }, (_, c) => c).filter((c) => !isLow(c));
export const onlyLow = lowRegisters.reduce((mask, c) => mask | (1 << c), 0);

const variable = /^(ldr|str) (base|size|depth|global|table|\[pc\]|\[got\])/;

/** The value that an instruction wants in a low register, -1 for none. Constants of two words come from memory where gcc prefers a pool of literals. */
export function wantsLow(code: readonly Machine[], at: number, literalPool: boolean): number {
  const m = code[at]!;
  if (m.kind === 'load' || (m.kind === 'move' && m.words === 2))
    return (m.kind === 'move' ? literalPool : variable.test(m.text)) ? m.defs[0]! : -1;
  if (m.kind === 'store') return variable.test(m.text) ? m.uses[0]! : -1;
  if (m.kind === 'branch') return m.text.startsWith('cbz') ? m.uses[0]! : -1;
  if (!/^cmp #0 (eq|ne)$/.test(m.text)) return -1;
  // One with the branch behind it, unless something else reads the flags.
  for (let i = at + 1; i < code.length; i++)
    if (code[i]!.readsFlags || code[i]!.kind === 'if-then')
      return code[i]!.text === 'b<cc>' ? m.uses[0]! : -1;
  return -1;
}

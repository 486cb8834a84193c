/** The files of registers that values are given, as colours: first those that a call overwrites, then those that a callee saves. */
import { add, bits, type Bits } from './bits.ts';
import type { MachineCode } from '../machine.ts';

export interface RegisterFile {
  /** First colour. */
  first: number;
  size: number;
  /** The last ones: saved by callees. */
  acrossCalls: number;
  /** The order in which they are handed out. */
  order: readonly number[];
}

const file = (first: number, size: number, acrossCalls: number): RegisterFile => ({
  first,
  size,
  acrossCalls,
  order: Array.from({ length: size }, (_, i) => first + i),
});

/** r0 to r3, r12 and lr; r4 to r11. gcc hands them out for Thumb-2 (arm.cc, thumb_core_reg_alloc_order) as r3 to r0, r4 to r7, r12, lr, r8 to r11. */
export const coreFile: RegisterFile = {
  ...file(0, 14, 8),
  order: [3, 2, 1, 0, 6, 7, 8, 9, 4, 5, 10, 11, 12, 13],
};

/** r0 to r7 alone. */
export const lowFile: RegisterFile = { ...coreFile, order: coreFile.order.slice(0, 8) };

/**
 * Of the floating-point unit (AAPCS, 6.1.2.1): s16 to s31 and d8 to d15 are saved by callees. A function with both widths has fewer than both files together; such
 * functions only convert between them.
 */
const files = {
  single: file(14, 32, 16),
  double: file(46, 32, 8),
} satisfies Record<string, RegisterFile>;

export const coloursInAll = 78;

export const fileOf = ({ floats }: MachineCode, r: number): RegisterFile => {
  const kind = floats.get(r);
  return kind ? files[kind] : coreFile;
};

export const firstSavedOf = (f: RegisterFile): number => f.first + f.size - f.acrossCalls;

/** The values that are not in the core's registers. */
export function floatBits(code: MachineCode): Bits {
  const found = bits(code.registers);
  for (const r of code.floats.keys()) if (r < code.registers) add(found, r);
  return found;
}

/** Double words of the unit that a function with these colours saves: d8 and up to the last that it uses. */
export function savedFloats(colours: Iterable<number>): number {
  let saved = 0;
  for (const colour of colours) {
    if (colour < coreFile.size || colour >= coloursInAll) continue;
    const [from, inOne] = colour < files.double.first ? [files.single, 2] : [files.double, 1];
    const above = colour - firstSavedOf(from) + 1;
    saved = Math.max(saved, Math.ceil(above / inOne));
  }
  return saved;
}

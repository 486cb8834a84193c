/** The files of registers that values are given, as colours: first those that a call overwrites, then those that a callee saves. */
import type { MachineCode } from '../machine.ts';

export interface RegisterFile {
  /** First colour. */
  first: number;
  size: number;
  /** The last ones: saved by callees. */
  acrossCalls: number;
}

/** r0 to r3, r12 and lr; r4 to r11. */
export const coreFile: RegisterFile = { first: 0, size: 14, acrossCalls: 8 };

/**
 * Of the floating-point unit (AAPCS, 6.1.2.1): s16 to s31 and d8 to d15 are saved by callees. A function with both widths has fewer than both files together; such
 * functions only convert between them.
 */
const files = {
  single: { first: 14, size: 32, acrossCalls: 16 },
  double: { first: 46, size: 32, acrossCalls: 8 },
} satisfies Record<string, RegisterFile>;

export const coloursInAll = 78;

export const fileOf = ({ floats }: MachineCode, r: number): RegisterFile => {
  const file = floats.get(r);
  return file ? files[file] : coreFile;
};

/**
 * Code that runs wherever it is loaded, as compilers for Linux make it (Debian's gcc: -fPIE). wasm2c's count of the call stack's depth is a variable of
 * another file, so its address comes out of the global offset table: read once at the entry, alive to the exit, and no constant that could be made
 * again. Firmware is linked to fixed addresses, and makes it whenever it wants it.
 *
 *   ldr table, [pc]   ldr slot, [pc]   add table, pc   ldr address, [table, slot]
 */
import { countOfCopies } from './argument-copies.ts';
import { entryOf, instruction, type Machine, type MachineCode } from './machine.ts';

const usesDepth = (m: Machine): boolean => /^(ldr|str) depth$/.test(m.text);

/** Changes code for fixed addresses, before its registers are allocated. */
export function makePositionIndependent(code: MachineCode): void {
  const fixed = new Set(code.blocks.flatMap((b) => b.code.filter(usesDepth).flatMap((m) => m.address)));
  if (fixed.size === 0) return;
  const fresh = (): number => code.registers++;
  const [table, slot, base, address] = [fresh(), fresh(), fresh(), fresh()];
  const rename = (r: number): number => (fixed.has(r) ? address : r);
  for (const b of code.blocks) {
    b.code = b.code.filter((m) => !m.defs.some((d) => fixed.has(d)));
    for (const m of b.code) {
      m.uses = m.uses.map(rename);
      m.address = m.address.map(rename);
    }
  }
  const entry = entryOf(code);
  const make = (kind: Machine['kind'], text: string, to: number, uses: number[], extra: Partial<Machine>) =>
    instruction(kind, text, entry.origin, { defs: [to], uses, ...extra });
  entry.code.splice(
    countOfCopies(code),
    0,
    make('load', 'ldr [pc]', table, [], { wide: 0.3 }),
    make('load', 'ldr [pc]', slot, [], { wide: 0.3 }),
    make('alu', 'add pc', base, [table], { wide: 0 }),
    make('load', 'ldr [got]', address, [base, slot], {
      address: [base, slot],
      registerOffset: true,
      wide: 0.3,
    }),
  );
}

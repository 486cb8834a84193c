/** Moves to a register that holds the value already, within a block (reload_cse_regs of postreload.cc). */
import type { MachineCode } from '../machine.ts';

export function dropHeldMoves(code: MachineCode): void {
  for (const b of code.blocks) {
    const held = new Map<number, number>();
    let next = 0;
    const valueIn = (r: number): number => {
      let value = held.get(r);
      if (value === undefined) held.set(r, (value = next++));
      return value;
    };
    b.code = b.code.filter((m) => {
      const plain = m.copy && !m.conditional && !m.readsFlags;
      const value = plain ? valueIn(m.uses[0]!) : -1;
      if (plain && held.get(m.defs[0]!) === value) return false;
      for (const d of m.defs) held.set(d, plain ? value : next++);
      if (m.kind === 'call' || m.kind === 'library') held.clear();
      return true;
    });
  }
}

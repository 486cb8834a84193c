/** Places on the stack that nobody reads. */
import { has } from './bits.ts';
import { liveness } from '../liveness.ts';
import type { Machine, MachineCode } from '../machine.ts';
import { walk } from './regions.ts';

/** The accesses to places on the stack alone, as if each place were a value; and the value of a place. */
export function slotsAsValues(code: MachineCode): {
  memory: MachineCode;
  number: (slot: number) => number;
} {
  const slots = new Map<number, number>();
  const number = (slot: number): number => {
    let n = slots.get(slot);
    if (n === undefined) slots.set(slot, (n = slots.size));
    return n;
  };
  const memory: MachineCode = {
    ...code,
    blocks: code.blocks.map((b) => ({
      ...b,
      code: b.code
        .filter((m) => m.slot >= 0)
        .map((m) => {
          const slot = [number(m.slot)];
          return m.kind === 'store' ? { ...m, defs: slot, uses: [] } : { ...m, defs: [], uses: slot };
        }),
    })),
    registers: 0,
  };
  memory.registers = slots.size;
  return { memory, number };
}

/** Removes stores of what nobody loads any more. */
export function dropUnreadStores(code: MachineCode): void {
  const { memory } = slotsAsValues(code);
  const live = liveness(memory);
  memory.blocks.forEach((b, at) => {
    const real = code.blocks[at]!;
    const accesses = real.code.filter((m) => m.slot >= 0);
    const unread = new Set<Machine>();
    walk(b, live.out.get(b.id)!, (m, i, alive) => {
      if (m.kind === 'store' && !has(alive, m.defs[0]!)) unread.add(accesses[i]!);
    });
    if (unread.size === 0) return;
    real.code = real.code.flatMap((m, i) => {
      if (!unread.has(m)) return [m];
      // What a store took over from its load goes back to it.
      if (m.barrier && i > 0) real.code[i - 1]!.barrier = true;
      return [];
    });
  });
}

/** Registers of the floating-point unit: enough that they are given out one by one, those of values that cost most in memory first. */
import { floatBits, fileOf, firstSavedOf } from './files.ts';
import { each } from './bits.ts';
import { liveness } from '../liveness.ts';
import type { MachineCode } from '../machine.ts';
import { meetings } from './meetings.ts';
import { walk } from './regions.ts';

export function giveFloatRegisters(code: MachineCode, registers: number[]): void {
  if (code.floats.size === 0) return;
  const { rows, frequency } = meetings(code, floatBits(code));
  const crossing = acrossCalls(code);
  const values = [...rows.keys()].sort((x, y) => frequency[y]! - frequency[x]! || x - y);
  for (const v of values) registers[v] = -1;
  for (const v of values) {
    const taken = new Set<number>();
    each(rows.get(v)!, (o) => void taken.add(registers[o] ?? -1));
    const file = fileOf(code, v);
    const least = crossing.has(v) ? firstSavedOf(file) : file.first;
    registers[v] = file.order.find((c) => c >= least && !taken.has(c)) ?? -1;
  }
}

function acrossCalls(code: MachineCode): Set<number> {
  const found = new Set<number>();
  const live = liveness(code);
  for (const b of code.blocks)
    walk(b, live.out.get(b.id)!, (m, _at, alive) => {
      if (m.kind !== 'call' && m.kind !== 'library') return;
      each(alive, (v) => {
        if (!m.defs.includes(v)) found.add(v);
      });
    });
  return found;
}

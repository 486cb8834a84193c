/** Which names are alive together. */
import { add, addAll, bits, each, has, remove, type Bits } from './bits.ts';
import { liveness } from '../liveness.ts';
import type { MachineCode } from '../machine.ts';
import { frequenciesOf, walk } from './regions.ts';

/** What each of the wanted names is alive together with, and how often each name is mentioned. */
export function meetings(
  code: MachineCode,
  wanted: Bits,
): { rows: Map<number, Bits>; frequency: Float64Array } {
  const rows = new Map<number, Bits>();
  each(wanted, (v) => void rows.set(v, bits(code.registers)));
  const frequency = new Float64Array(code.registers);
  const live = liveness(code);
  const both = bits(code.registers);
  for (const b of code.blocks) {
    const frequencies = frequenciesOf(b);
    walk(b, live.out.get(b.id)!, (m, at, alive) => {
      for (const d of m.defs) frequency[d]! += frequencies[at]!;
      for (const u of m.uses) frequency[u]! += frequencies[at]!;
      const source = m.copy ? m.uses[0]! : -1;
      for (const d of m.defs) {
        const row = rows.get(d);
        if (row) {
          const had = source >= 0 && has(row, source);
          addAll(row, alive);
          for (const e of m.defs) if (e !== d) add(row, e);
          if (source >= 0 && !had) remove(row, source);
        }
        for (let w = 0; w < both.length; w++) both[w] = alive[w]! & wanted[w]!;
        each(both, (l) => {
          if (l !== d && l !== source) add(rows.get(l)!, d);
        });
      }
    });
    if (b.id !== code.entry) continue;
    const into = live.into.get(b.id)!;
    each(into, (v) => {
      const row = rows.get(v);
      if (row) addAll(row, into);
    });
  }
  for (const [v, row] of rows) remove(row, v);
  return { rows, frequency };
}

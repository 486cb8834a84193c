/** Which names are alive together. */
import { add, addAll, bits, each, has, remove, type Bits } from './bits.ts';
import { liveness } from '../liveness.ts';
import type { MachineCode } from '../machine.ts';
import { frequenciesOf, walk } from './regions.ts';

export interface Meetings {
  /** What each of the wanted names is alive together with. */
  rows: Map<number, Bits>;
  /** How often instructions name each name. */
  frequency: Float64Array;
  /** Places at which each of the wanted names is alive, and which of them are across a call. */
  length: Map<number, number>;
  acrossCalls: Set<number>;
}

export function meetings(code: MachineCode, wanted: Bits): Meetings {
  const rows = new Map<number, Bits>();
  const length = new Map<number, number>();
  const acrossCalls = new Set<number>();
  each(wanted, (v) => {
    rows.set(v, bits(code.registers));
    length.set(v, 0);
  });
  const frequency = new Float64Array(code.registers);
  const live = liveness(code);
  const both = bits(code.registers);
  for (const b of code.blocks) {
    const frequencies = frequenciesOf(b);
    const since = new Map<number, number>();
    const end = (v: number, at: number): void => {
      const from = since.get(v);
      if (from === undefined) return;
      length.set(v, length.get(v)! + from - at);
      since.delete(v);
    };
    const out = live.out.get(b.id)!;
    for (let w = 0; w < both.length; w++) both[w] = out[w]! & wanted[w]!;
    each(both, (v) => void since.set(v, b.code.length));
    walk(b, out, (m, at, alive) => {
      const [d0, u0] = [m.defs, m.uses];
      d0.forEach((d, i) => {
        if (d0.indexOf(d) === i) frequency[d]! += frequencies[at]!;
      });
      u0.forEach((u, i) => {
        if (u0.indexOf(u) === i && !d0.includes(u)) frequency[u]! += frequencies[at]!;
      });
      const call = m.kind === 'call' || m.kind === 'library';
      const source = m.copy ? m.uses[0]! : -1;
      for (const d of m.defs) {
        const row = rows.get(d);
        if (row) {
          const had = source >= 0 && has(row, source);
          addAll(row, alive);
          for (const e of m.defs) if (e !== d) add(row, e);
          if (source >= 0 && !had) remove(row, source);
          end(d, at);
        }
        for (let w = 0; w < both.length; w++) both[w] = alive[w]! & wanted[w]!;
        each(both, (l) => {
          if (l !== d && l !== source) add(rows.get(l)!, d);
        });
      }
      if (call) {
        for (let w = 0; w < both.length; w++) both[w] = alive[w]! & wanted[w]!;
        each(both, (l) => {
          if (!m.defs.includes(l)) acrossCalls.add(l);
        });
      }
      for (const u of m.uses) if (!since.has(u) && rows.has(u)) since.set(u, at);
    });
    for (const v of [...since.keys()]) end(v, 0);
    if (b.id !== code.entry) continue;
    const into = live.into.get(b.id)!;
    each(into, (v) => {
      const row = rows.get(v);
      if (row) addAll(row, into);
    });
  }
  for (const [v, row] of rows) remove(row, v);
  return { rows, frequency, length, acrossCalls };
}

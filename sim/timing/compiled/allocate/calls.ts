/** Values that live across a call in a register that the call changes (caller saves, lra-constraints.cc). */
import { each } from './bits.ts';
import { liveness } from '../liveness.ts';
import type { MachineCode } from '../machine.ts';
import { walk } from './regions.ts';
import { fileOf, firstSavedOf } from './files.ts';
import { keep, reload } from './spill.ts';

/** Stores them before the call and loads them again behind it. */
export function saveAroundCalls(code: MachineCode, registers: readonly number[]): void {
  if (!code.blocks.some((b) => b.code.some((m) => m.kind === 'call' || m.kind === 'library'))) return;
  const live = liveness(code);
  for (const b of code.blocks) {
    const around = new Map<number, number[]>();
    walk(b, live.out.get(b.id)!, (m, at, alive) => {
      if (m.kind !== 'call' && m.kind !== 'library') return;
      const across: number[] = [];
      each(alive, (v) => {
        const r = registers[v] ?? -1;
        if (r >= 0 && r < firstSavedOf(fileOf(code, v)) && !m.defs.includes(v)) across.push(v);
      });
      if (across.length > 0) around.set(at, across);
    });
    if (around.size === 0) continue;
    b.code = b.code.flatMap((m, i) => {
      const across = around.get(i) ?? [];
      return [
        ...across.map((v) => keep(v, m.origin, v, code.floats.has(v))),
        m,
        ...across.map((v) => reload(v, m.origin, v, code.floats.has(v))),
      ];
    });
  }
}

/** Moves to what nothing reads any more: a value in memory that is handed on in registers to all that read it is not written there (process_bb_lives of lra-lives.cc, which deletes dead instructions before registers are given out). */
import { liveness } from '../liveness.ts';
import type { MachineCode } from '../machine.ts';
import { add, has, remove } from './bits.ts';

export function dropDeadMoves(code: MachineCode): void {
  const { out } = liveness(code);
  for (const b of code.blocks) {
    const alive = out.get(b.id)!;
    b.code = b.code
      .toReversed()
      .filter((m) => {
        if (m.copy && !m.conditional && m.defs.every((d) => !has(alive, d))) return false;
        for (const d of m.defs) remove(alive, d);
        for (const all of [m.uses, m.keeps]) for (const u of all) add(alive, u);
        return true;
      })
      .toReversed();
  }
}

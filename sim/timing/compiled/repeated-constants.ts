/** A variable that starts with a constant which another one holds already is copied from that one (cse.cc): a register costs less than any constant. On paths of blocks as that pass follows them. */
import { longestPath, onlyBefore } from './block-paths.ts';
import { keptMove, type MachineCode } from './machine.ts';

interface State {
  /** The variables that hold each constant, the oldest first. */
  holders: ReadonlyMap<string, readonly number[]>;
  length: number;
}

export function copyRepeatedConstants(code: MachineCode): void {
  const set = new Map<number, number>();
  for (const b of code.blocks)
    for (const m of b.code) for (const d of m.defs) set.set(d, (set.get(d) ?? 0) + 1);
  const before = onlyBefore(code);
  const states = new Map<number, State>();
  for (const b of code.blocks) {
    const only = before(b);
    const from = only ? states.get(only.id) : undefined;
    const follows = from && from.length < longestPath ? from : null;
    const holders = new Map(follows?.holders);
    b.code = b.code.map((m) => {
      const [d] = m.defs;
      const constant = /^movw?(\+movt)? #/.test(m.text) && m.defs.length === 1 && !m.conditional && m.way < 0;
      const known = constant ? holders.get(m.text) : undefined;
      for (const [text, all] of holders)
        if (all.some((r) => m.defs.includes(r)))
          holders.set(
            text,
            all.filter((r) => !m.defs.includes(r)),
          );
      const hoisted = constant && code.hoisted.has(d!);
      if (!constant || (set.get(d!)! < 2 && !hoisted)) return m;
      const source = known?.find((r) => r !== d);
      holders.set(m.text, [...(holders.get(m.text) ?? []), d!]);
      return source === undefined ? m : { ...keptMove(d!, source, m.origin), equal: hoisted ? m : null };
    });
    states.set(b.id, { holders, length: (follows?.length ?? 0) + 1 });
  }
}

/** Instructions that are one to the compiler: before registers are given out an it and what it announces, and what takes a value in the register of its result with the copy into that. */
import { isSplit } from '../conditional-runs.ts';
import type { Machine } from '../machine.ts';

export interface Unit {
  parts: readonly Machine[];
  whole: Machine;
}

/** `guarded`: what is ordered without its it. */
export function unitsOf(
  code: readonly Machine[],
  allocated: boolean,
): { units: Unit[]; guarded: Set<Machine> } {
  const units: Unit[] = [];
  const guarded = new Set<Machine>();
  for (let i = 0; i < code.length; i++) {
    const m = code[i]!;
    const announced = m.kind === 'if-then' ? Number(m.text.slice('it x'.length)) : 0;
    const group = [m];
    while (group.length <= announced && code[i + 1]?.readsFlags && code[i + 1]!.kind !== 'branch')
      group.push(code[++i]!);
    if (allocated && announced > 0 && isSplit(group.slice(1))) {
      for (const g of group.slice(1)) {
        units.push({ parts: [g], whole: g });
        guarded.add(g);
      }
      continue;
    }
    let unit: Unit = { parts: group, whole: group.length === 1 ? m : joined(group) };
    if (!allocated && (group.length > 1 || m.accumulator >= 0))
      for (let copy = copyFor(unit, units); copy; copy = copyFor(unit, units)) {
        units.pop();
        unit = withCopy(unit, copy);
      }
    units.push(unit);
  }
  return { units, guarded };
}

function joined(group: readonly Machine[]): Machine {
  const set = new Set<number>();
  const uses = new Set<number>();
  for (const g of group) {
    for (const u of g.uses) if (!set.has(u)) uses.add(u);
    for (const d of g.defs) set.add(d);
  }
  return {
    ...group.at(-1)!,
    defs: [...set],
    uses: [...uses],
    setsFlags: group.some((g) => g.setsFlags),
    readsFlags: true,
    barrier: group.some((g) => g.barrier),
  };
}

/** The copy just before that fills a register which the unit takes and sets. */
function copyFor({ whole }: Unit, before: readonly Unit[]): Machine | null {
  const m = before.at(-1)?.whole;
  const to = m?.copy ? m.defs[0]! : -1;
  return whole.defs.includes(to) && whole.uses.includes(to) ? m! : null;
}

function withCopy({ parts, whole }: Unit, copy: Machine): Unit {
  const [to, from] = [copy.defs[0]!, copy.uses[0]!];
  return {
    parts: [copy, ...parts],
    whole: {
      ...whole,
      uses: [...new Set(whole.uses.map((u) => (u === to ? from : u)))],
      accumulator: whole.accumulator === to ? from : whole.accumulator,
    },
  };
}

/** A group of more than moves. */
export const computesUnderCondition = ({ parts }: Unit): boolean =>
  parts.some(({ kind }) => kind === 'if-then') &&
  parts.some((m) => m.readsFlags && m.kind !== 'move' && m.kind !== 'compare');

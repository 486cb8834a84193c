/**
 * Blocks that follow each other in any case are one to what comes after register allocation (cfgcleanup.cc): a jump to what nothing else leads to, and what a short
 * branch was turned into (if-convert.ts), with its join where that has no other way in. The scheduler orders the whole of it.
 */
import { instruction, isCheck, type MachineBlock, type MachineCode } from './machine.ts';

export function joinBlocks(code: MachineCode): void {
  const byId = new Map(code.blocks.map((b) => [b.id, b]));
  const ways = new Map<number, number>([[code.entry, 1]]);
  for (const b of code.blocks) for (const { to } of b.successors) ways.set(to, (ways.get(to) ?? 0) + 1);
  /** What a block became part of. */
  const into = new Map<number, number>();
  for (const b of code.blocks) {
    if (into.has(b.id)) continue;
    for (;;) {
      const arms = b.successors.map((s) => byId.get(s.to)!).filter((s) => s.guarded);
      if (arms.length > 0) takeArms(b, arms, ways);
      const [next] = b.successors.length === 1 ? [byId.get(b.successors[0]!.to)!] : [];
      const follows = next && next !== b && ways.get(next.id) === 1 && next.id !== code.entry;
      if (follows) {
        b.counts = countsOfBoth(b, next);
        b.code.push(...next.code);
        b.successors = next.successors;
        into.set(next.id, b.id);
      } else if (arms.length === 0) break;
      for (const arm of arms) into.set(arm.id, b.id);
    }
  }
  if (into.size === 0) return;
  const name = (id: number): number => {
    let at = id;
    while (into.has(at)) at = into.get(at)!;
    return at;
  };
  code.blocks = code.blocks.filter((b) => !into.has(b.id));
  code.loops = code.loops.map((l) => ({
    ...l,
    header: name(l.header),
    preheader: l.preheader < 0 ? -1 : name(l.preheader),
    blocks: [...new Set(l.blocks.map(name))],
  }));
}

/** Both sides run each time, under one condition or the other. */
function takeArms(b: MachineBlock, arms: readonly MachineBlock[], ways: Map<number, number>): void {
  if (b.code.at(-1)?.kind === 'if-then') b.code.pop();
  const run = arms.flatMap((arm) => arm.code);
  for (const m of run) m.readsFlags = true;
  if (run.length > 0) b.code.push(instruction('if-then', `it x${run.length}`, b.origin, { wide: 0 }), ...run);
  const join = arms[0]!.successors[0]!.to;
  // Each side was a way to the join, and so was the branch around a single one.
  ways.set(join, ways.get(join)! - 1);
  const edges = [...b.successors, ...arms.flatMap((arm) => arm.successors)].filter((s) => s.to === join);
  b.successors = [{ ...edges[0]!, weight: b.weight, count: b.counts?.at(-1) ?? 0 }];
}

/** gcc's counts of a block and of what follows it: one more for each check that is passed. */
function countsOfBoth(b: MachineBlock, next: MachineBlock): number[] {
  const own = b.counts ?? [0];
  const passed = b.code.filter(isCheck).length;
  const behind = Array.from({ length: passed + 1 }, (_, i) => own[Math.min(i, own.length - 1)]!);
  return [...behind, ...(next.counts ?? []).slice(1)];
}

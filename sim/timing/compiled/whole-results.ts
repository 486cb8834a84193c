/**
 * Operations of 64 bits that make a value anew which stays whole (allocate/pairs.ts). What takes several instructions cannot go where one of its operands stands (optabs.cc, expand_binop), so it gets words of
 * its own, and both are copied. The copy is of parts: it begins with a clobber of the whole, behind which the allocator has the words and the value alive together, so the moves stay (ira-lives.cc).
 */
import { partition } from './allocate/coalesce.ts';
import { renamePairs } from './allocate/pairs.ts';
import { instruction, type Machine, type MachineCode } from './machine.ts';

/** What an operation of 64 bits makes and reads: registers of words. */
export interface WideResult {
  low: number;
  high: number;
  operands: readonly number[];
  block: number;
}

export function copyWholeResults(code: MachineCode): void {
  if (code.pairs.size === 0 || code.wides.length === 0) return;
  const find = partition(code);
  const pairs = renamePairs(code.pairs, find);
  const blocks = new Map(code.blocks.map((b) => [b.id, b]));
  for (const { low, high, operands, block } of code.wides) {
    const whole = [find(low), find(high)];
    if (pairs.get(whole[0]!) !== whole[1] || !operands.some((r) => whole.includes(find(r)))) continue;
    const { code: list, guarded } = blocks.get(block)!;
    const makes = (r: number) => (m: Machine) => m.defs.includes(r);
    if (guarded || !list.some(makes(low)) || !list.some(makes(high))) continue;
    // smlal makes both at once.
    if (list.some((m) => makes(low)(m) && makes(high)(m))) continue;
    const first = list.findIndex((m) => makes(low)(m) || makes(high)(m));
    const last = list.findLastIndex((m) => makes(low)(m) || makes(high)(m));
    const words = new Map([
      [low, code.registers++],
      [high, code.registers++],
    ]);
    const name = (r: number) => words.get(r) ?? r;
    for (const m of list.slice(first, last + 1)) {
      m.defs = m.defs.map(name);
      m.uses = m.uses.map(name);
      m.address = m.address.map(name);
      if (m.accumulator >= 0) m.accumulator = name(m.accumulator);
    }
    const [lowWord, highWord] = [name(low), name(high)];
    const { origin } = list[last]!;
    const copy = (defs: number[], uses: number[]) =>
      instruction('move', 'mov word', origin, { defs, uses, wide: 0 });
    list.splice(last + 1, 0, copy([low, high], [lowWord]), copy([high], [highWord, lowWord]));
  }
}

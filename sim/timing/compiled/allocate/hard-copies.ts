/**
 * Reads of what was moved become reads of where it was moved from, as long as that holds it; moves that nobody reads then go (regcprop.cc, pass_cprop_hardreg, and pass_fast_rtl_dce behind it). The oldest
 * register that holds a value is read, of those that the instruction takes: what is encoded in 16 bits for its low registers keeps to them. A block goes on where the only one before it ended.
 */
import { onlyBefore } from '../block-paths.ts';
import { liveness } from '../liveness.ts';
import type { Machine, MachineCode } from '../machine.ts';
import { add, has, remove } from './bits.ts';
import { coreFile } from './files.ts';
import { isLow } from './low-registers.ts';
import { firstSaved } from './registers.ts';

/** By each register, all that hold the same, the oldest first. */
type Holders = Map<number, number[]>;

export function forwardCopies(code: MachineCode): void {
  const before = onlyBefore(code);
  const ends = new Map<number, Holders>();
  for (const b of code.blocks) {
    const only = before(b);
    const known = only ? ends.get(only.id) : undefined;
    const holders = known ? copyOf(known) : new Map<number, number[]>();
    for (const m of b.code) forward(m, holders);
    ends.set(b.id, holders);
  }
  dropDead(code);
}

function copyOf(holders: Holders): Holders {
  const copies = new Map<number[], number[]>();
  return new Map(
    [...holders].map(([r, all]) => {
      let copy = copies.get(all);
      if (!copy) copies.set(all, (copy = [...all]));
      return [r, copy];
    }),
  );
}

const inCore = (r: number): boolean => r < coreFile.size;
const isPlain = (m: Machine): boolean =>
  m.copy && !m.conditional && !m.readsFlags && inCore(m.defs[0]!) && inCore(m.uses[0]!);

function forward(m: Machine, holders: Holders): void {
  const older = (r: number): number[] => {
    const all = holders.get(r) ?? [];
    return all.slice(0, all.indexOf(r));
  };
  const isCall = m.kind === 'call' || m.kind === 'library';
  if (isPlain(m)) {
    const from = m.uses[0]!;
    const all = older(from);
    m.uses = [all.find((r) => isLow(r) === isLow(from)) ?? all[0] ?? from];
  } else if (!isCall && m.text !== 'return' && !m.returns) {
    const lowOnly = isShort(m) && [...m.defs, ...m.uses].every(isLow);
    const read = (r: number): number =>
      m.defs.includes(r) || m.keeps.includes(r) ? r : (older(r).find((o) => !lowOnly || isLow(o)) ?? r);
    m.uses = m.uses.map(read);
    m.address = m.address.map(read);
    if (m.accumulator >= 0) m.accumulator = read(m.accumulator);
  }
  if (isPlain(m) && m.defs[0] === m.uses[0]) return;
  for (const d of m.defs) forget(d, holders);
  if (isCall) for (let r = 0; r < firstSaved; r++) forget(r, holders);
  if (!isPlain(m)) return;
  const [to, from] = [m.defs[0]!, m.uses[0]!];
  const all = holders.get(from) ?? [from];
  all.push(to);
  for (const r of all) holders.set(r, all);
}

function forget(r: number, holders: Holders): void {
  const all = holders.get(r);
  if (!all) return;
  all.splice(all.indexOf(r), 1);
  holders.delete(r);
}

/** Has an encoding of 16 bits that comes first among the alternatives of its pattern. */
const isShort = (m: Machine): boolean =>
  !m.shifted &&
  (m.kind === 'alu' || m.kind === 'shift' || m.kind === 'multiply' || m.kind === 'compare') &&
  (m.kind !== 'multiply' || m.accumulator < 0);

/** The volatile asm behind a load that the last move of was dropped comes behind what is before that. */
function dropDead(code: MachineCode): void {
  const { out } = liveness(code);
  for (const b of code.blocks) {
    const alive = out.get(b.id)!;
    let barrier = false;
    b.code = b.code
      .toReversed()
      .filter((m) => {
        const needless = isPlain(m) && (m.defs[0] === m.uses[0] || !has(alive, m.defs[0]!));
        if (needless) {
          barrier ||= m.barrier;
          return false;
        }
        if (barrier) m.barrier = true;
        barrier = false;
        for (const d of m.defs) remove(alive, d);
        for (const all of [m.uses, m.keeps]) for (const u of all) add(alive, u);
        return true;
      })
      .toReversed();
  }
}

/** How a block of machine code ends, given what stands behind it: which of its ways is a branch, and whether it takes a jump beside. */
import { instruction, isCheck, type Machine, type MachineBlock } from './machine.ts';
import type { Spot, Way } from './spots.ts';

export interface Places {
  /** Number of the block that begins at a spot. */
  ids: ReadonlyMap<Spot, number>;
  /** A number for a block in the loops that all these are in. */
  fresh: (...within: number[]) => number;
}

const isTest = (m: Machine): boolean =>
  m.kind === 'branch' && !isCheck(m) && m.text !== 'b' && (m.readsFlags || m.text.startsWith('cb'));

/** The block, with what else has to stand behind it. @param next What follows in memory, null for the end or a trap. */
export function endBlock(
  b: MachineBlock,
  spot: Spot,
  next: Spot | null,
  check: boolean,
  { ids, fresh }: Places,
): MachineBlock[] {
  const on = next ? (ids.get(next) ?? -1) : -1;
  const jump = () => instruction('branch', 'b', b.origin, { taken: 1, wide: 0 });
  const to = (w: Way) => ({ to: ids.get(w.to!)!, weight: w.weight });
  b.next = on;
  const ways = check ? spot.ways.slice(0, 1) : spot.ways.filter((w) => w.to);
  b.successors = ways.map(to);
  if (!spot.falls || ways.length === 0) return [b];
  if (check) {
    // What passes is a jump away: the test is turned round.
    if (ways[0]!.to !== next) b.code = [...b.code.slice(0, -1), { ...b.code.at(-1)!, taken: 1 }];
    return [b];
  }
  const at = b.code.findLastIndex(isTest);
  if (ways.length === 1) {
    if (at === b.code.length - 1 && at >= 0) b.code = b.code.slice(0, -1);
    if (ways[0]!.to !== next) b.code = [...b.code, jump()];
    return [b];
  }
  const [yes, no] = ways as [Way, Way];
  const falls = yes.to === next ? yes : no.to === next ? no : null;
  // Where neither stands behind it, the likelier one is branched to.
  const taken = falls ? (falls === yes ? no : yes) : no.count > yes.count ? no : yes;
  const total = yes.weight + no.weight;
  const share = total > 0 ? taken.weight / total : 0.5;
  b.code = b.code.map((m, i) => (i === at ? { ...m, taken: share } : m));
  if (falls) return [b];
  const other = taken === yes ? no : yes;
  const between: MachineBlock = {
    ...b,
    id: fresh(b.id, ids.get(other.to!)!),
    weight: other.weight,
    code: [jump()],
    successors: [to(other)],
    next: on,
  };
  b.successors = ways.map((w) => (w === other ? { to: between.id, weight: w.weight } : to(w)));
  b.next = between.id;
  return [b, between];
}

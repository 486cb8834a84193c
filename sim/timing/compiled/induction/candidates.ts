/** Candidates for induction variables (tree-ssa-loop-ivopts.cc, find_iv_candidates). */
import { resolve, type Block, type LoopNode, type Node } from '../ir.ts';
import {
  addForms,
  constantForm,
  formKey,
  isConstantForm,
  isZeroForm,
  type Evolutions,
  type Linear,
} from '../linear.ts';
import { dominates } from '../structure.ts';
import { memoryObject, type Group, type Place, type Use } from './uses.ts';

export interface Candidate {
  id: number;
  base: Linear;
  step: Linear;
  /** Where it is stepped: before the test that closes the loop, at the very end, where it always was, or beside an access that helps. */
  kind: 'normal' | 'end' | 'original' | 'before' | 'after';
  important: boolean;
  /** 8, 16, 32 or 64. */
  bits: number;
  /** Of two words, what a check adds to the widened address that this begins with, part of the base. */
  added?: number;
  /** Of an original one: the variable and its next value, both null for the counter that gcc's ivcanon pass adds. */
  phi: Node | null;
  next: Node | null;
  /** Begins as this growing value of the loop does, and so much further; null where it begins as nothing there. */
  like: { node: Node; offset: number } | null;
  /** The access that steps it, and where it is stepped when that is not the end. */
  use: Use | null;
  at: Place | null;
}

/** Where a loop closes. */
export interface End {
  latch: Block;
  /** The block whose test closes it, null where the way round is not a test's. */
  test: Block | null;
  /** Something runs on the way round behind the test. */
  filled: boolean;
}

/** More candidates than this are not all tried for everything (param iv-consider-all-candidates-bound). */
export const considerAll = 40;

export function endOf(loop: LoopNode): End | null {
  const latches = loop.header.preds.filter((e) => loop.blocks.has(e.from));
  const latch = latches.length === 1 ? latches[0]!.from : null;
  if (!latch) return null;
  const leaves = (b: Block) => b.term.kind === 'branch' && b.term.edges.some((e) => !loop.blocks.has(e.to));
  // What is read again behind the test stands in the block of the test here.
  const reload = loop.header.phis.some((p) => p.args.some((a) => isReload(resolve(a), latch)));
  if (latch.term.kind === 'branch') return { latch, test: leaves(latch) ? latch : null, filled: reload };
  const before = latch.preds.length === 1 && latch !== loop.header ? latch.preds[0]!.from : null;
  return { latch, test: before && leaves(before) ? before : null, filled: true };
}

const isReload = (n: Node, latch: Block): boolean =>
  (n.op === 'base' || n.op === 'size') && n.block === latch;

export function findCandidates(
  loop: LoopNode,
  evolutions: Evolutions,
  groups: readonly Group[],
  end: End,
  countdown: { iterations: number; at: Place } | null,
): Candidate[] {
  const all: Candidate[] = [];
  const known = new Map<string, Candidate>();
  const add = (c: Omit<Candidate, 'id'>, group: Group | null): Candidate => {
    const where = c.at ? `${c.at.block.id}.${c.at.index}` : c.phi ? `${c.phi.id}` : '';
    const key = `${c.kind} ${c.bits} ${where} ${formKey(c.base)} ${formKey(c.step)}`;
    let candidate = known.get(key);
    if (!candidate) {
      candidate = { ...c, id: all.length };
      all.push(candidate);
      known.set(key, candidate);
    }
    candidate.important ||= c.important;
    group?.related.add(candidate.id);
    return candidate;
  };
  const plain = (
    base: Linear,
    step: Linear,
    important: boolean,
    group: Group | null,
    bits = 32,
    like: Candidate['like'] = null,
    added = 0,
  ): number[] => {
    const kinds: Candidate['kind'][] = [];
    if (end.test) kinds.push('normal');
    if (!end.test || end.filled) kinds.push('end');
    return kinds.map(
      (kind) =>
        add(
          { base, step, kind, important, bits, added, phi: null, next: null, like, use: null, at: null },
          group,
        ).id,
    );
  };
  const zero = constantForm(0);
  plain(zero, constantForm(1), true, null);

  for (const { base, step, phi, next } of basic(loop, evolutions)) {
    plain(base, step, true, null);
    plain(zero, step, true, null);
    if (phi && next) {
      const at = { block: next.block, index: next.block.nodes.indexOf(next) };
      add(
        { base, step, kind: 'original', important: true, bits: 32, phi, next, like: null, use: null, at },
        null,
      );
    }
  }
  if (countdown !== null) {
    const step = constantForm(-1);
    const { iterations, at } = countdown;
    for (const base of [constantForm(iterations), zero, constantForm(iterations + 1)])
      plain(base, step, true, null);
    const base = constantForm(iterations + 1);
    const own = { phi: null, next: null, like: null, use: null, at };
    add({ base, step, kind: 'original', important: true, bits: 32, ...own }, null);
  }

  const common = new Map<
    string,
    { base: Linear; step: Linear; bits: number; added: number; groups: Group[] }
  >();
  const share = (base: Linear, step: Linear, group: Group, added = 0) => {
    const { bits } = group.uses[0]!;
    const key = `${bits} ${added} ${formKey(base)} ${formKey(step)}`;
    const entry = common.get(key) ?? { base, step, bits, added, groups: [] };
    common.set(key, entry);
    entry.groups.push(group);
  };
  for (const group of groups) {
    const use = group.uses[0]!;
    const { base, step, bits } = use;
    // A counted test's own value is not what it was.
    const own = (use.kind === 'compare' && bits < 64 && isConstantForm(base)) || bits < 32;
    // What stands under a widening is no constant beside it (strip_offset).
    const outside = bits > 32 && !isConstantForm(base) ? use.offset : base.constant;
    const added = bits > 32 && !isConstantForm(base) ? use.offset : 0;
    plain(base, step, false, group, bits, own ? null : { node: use.node, offset: use.offset }, added);
    share(base, step, group, added);
    share(zero, step, group);
    const stripped: Linear = { terms: base.terms, constant: base.constant - outside };
    if (outside !== 0) {
      share(stripped, step, group);
      plain(stripped, step, false, group, bits);
    }
    const object = memoryObject(base);
    if (object) {
      const index = addForms(base, { terms: new Map([[object, 1]]), constant: 0 }, -1);
      share(index, step, group);
      if (index.constant !== 0) share({ terms: index.terms, constant: 0 }, step, group);
    }
    if (use.kind === 'address') stepByAccess(use, group);
  }
  const shared = [...common.values()].filter((c) => c.groups.length > 1);
  shared.sort((x, y) => y.groups.length - x.groups.length);
  for (const { base, step, bits, added, groups: users } of shared)
    for (const id of plain(base, step, false, null, bits, null, added))
      for (const group of users) group.related.add(id);
  for (const c of all) if (c.important) for (const group of groups) group.related.add(c.id);
  return all;

  function stepByAccess(use: Use, group: Group): void {
    const { block } = use.at;
    if (block.loop !== loop || !dominates(block, end.latch)) return;
    if (!isConstantForm(use.step) || Math.abs(use.step.constant) !== 1) return;
    const step = use.step;
    const shape = { step, important: true, bits: 32, phi: null, next: null, use, at: use.at };
    const { node, offset } = use;
    const earlier = { node, offset: offset - step.constant };
    add({ ...shape, base: addForms(use.base, step, -1), like: earlier, kind: 'before' }, group);
    add({ ...shape, base: use.base, like: { node, offset }, kind: 'after' }, group);
  }
}

interface Basic {
  base: Linear;
  step: Linear;
  phi: Node | null;
  next: Node | null;
}

/** Variables of the header and their next values. */
function basic(loop: LoopNode, evolutions: Evolutions): Basic[] {
  const found: { id: number; biv: Basic }[] = [];
  const seen = new Set<Node>();
  const latch = loop.header.preds.findIndex((e) => loop.blocks.has(e.from));
  for (const phi of loop.header.phis) {
    const e = evolutions.of(phi);
    if (!e || isZeroForm(e.step)) continue;
    const next = resolve(phi.args[latch]!);
    if (next.op === 'phi' || !evolutions.inside(next) || next.block.loop !== loop || !evolutions.of(next))
      continue;
    const { base, step } = e;
    found.push({ id: phi.id, biv: { base, step, phi, next } });
    if (seen.has(next)) continue;
    seen.add(next);
    const after = evolutions.of(next)!.base;
    found.push({ id: next.id, biv: { base: after, step, phi: null, next: null } });
  }
  return found.sort((x, y) => x.id - y.id).map((f) => f.biv);
}

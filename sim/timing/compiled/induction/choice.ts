/**
 * The set of candidates that serves all groups for the least (tree-ssa-loop-ivopts.cc, find_optimal_iv_set): group by group a first set, then one
 * candidate more at a time as long as that pays, dropping what it makes needless. Twice, from the original variables and from general ones.
 */
import { considerAll, type Candidate } from './candidates.ts';
import { unit, type Costs, type Service } from './costs.ts';
import { memoryObject, type Group } from './uses.ts';

const availableRegisters = 14;
const clobberedRegisters = 6;
const reservedRegisters = 3;
const registerCost = 4;
/** Candidates beyond which a larger set is not thinned each time (param iv-always-prune-cand-set-bound). */
const alwaysPrune = 10;

export interface Pressure {
  /** Registers that the loop takes anyway. */
  registers: number;
  calls: boolean;
  /** To store a register and load it again. */
  spill: number;
}

interface Change {
  group: number;
  from: Service | null;
  to: Service | null;
}

export function choose(
  groups: readonly Group[],
  candidates: readonly Candidate[],
  costs: Costs,
  pressure: Pressure,
): Service[] | null {
  const table = new Table(groups, candidates, costs);
  const fromOriginals = improve(new Choice(table, pressure), true);
  const fromGeneral = improve(new Choice(table, pressure), false);
  if (!fromOriginals) return fromGeneral?.by as Service[] | null;
  const best = !fromGeneral || fromOriginals.cost <= fromGeneral.cost ? fromOriginals : fromGeneral;
  return best.by as Service[];
}

/** Services of groups by candidates. */
class Table {
  readonly groups: readonly Group[];
  readonly candidates: readonly Candidate[];
  readonly all: boolean;
  readonly costs: { cost: number; invariants: number[] }[];
  readonly invariants: number;
  private readonly rows: (Service | null)[][];

  constructor(groups: readonly Group[], candidates: readonly Candidate[], costs: Costs) {
    this.groups = groups;
    this.candidates = candidates;
    this.all = candidates.length <= considerAll;
    this.costs = candidates.map((c) => costs.candidate(c));
    this.rows = groups.map((g) =>
      candidates.map((c) =>
        this.all || g.kind === 'compare' || g.related.has(c.id) ? costs.group(g, c) : null,
      ),
    );
    this.invariants = costs.invariants;
  }

  of(group: number, c: Candidate): Service | null {
    return this.rows[group]![c.id]!;
  }

  isRelated(group: number, c: Candidate): boolean {
    const g = this.groups[group]!;
    return g.related.has(c.id) || (!this.all && g.kind === 'compare');
  }

  cheaper(a: Service | null, b: Service | null): boolean {
    if (!a) return false;
    if (!b) return true;
    if (a.cost !== b.cost) return a.cost < b.cost;
    return this.costs[a.candidate.id]!.cost < this.costs[b.candidate.id]!.cost;
  }
}

/** A candidate for each group, some perhaps without one, and what that costs together. */
class Choice {
  readonly table: Table;
  readonly by: (Service | null)[];
  /** Groups that are looked at so far. */
  upTo = 0;
  private readonly pressure: Pressure;
  private readonly uses: Int32Array;
  private readonly invariantUses: Int32Array;
  private missing = 0;
  private candidateCount = 0;
  invariantCount = 0;
  private candidateCost = 0;
  private serviceCost = 0;

  constructor(table: Table, pressure: Pressure) {
    this.table = table;
    this.pressure = pressure;
    this.by = table.groups.map(() => null);
    this.uses = new Int32Array(table.candidates.length);
    this.invariantUses = new Int32Array(table.invariants);
  }

  get cost(): number {
    if (this.missing > 0) return Infinity;
    return this.serviceCost + (this.candidateCost + this.registers()) * unit;
  }

  get size(): number {
    return this.candidateCount;
  }

  isUsed(c: Candidate): boolean {
    return this.uses[c.id]! > 0;
  }

  usesOf(c: Candidate): number {
    return this.uses[c.id]!;
  }

  used(): Candidate[] {
    return this.table.candidates.filter((c) => this.isUsed(c));
  }

  /** The next group is looked at, as yet without a candidate. */
  open(): number {
    this.missing++;
    return this.upTo++;
  }

  set(group: number, to: Service | null): void {
    const from = this.by[group]!;
    if (from === to) return;
    if (from) {
      this.missing++;
      const { id } = from.candidate;
      if (--this.uses[id]! === 0) {
        this.candidateCount--;
        this.candidateCost -= this.table.costs[id]!.cost;
        this.drop(this.table.costs[id]!.invariants);
      }
      this.serviceCost -= from.cost;
      this.drop(from.invariants);
    }
    this.by[group] = to;
    if (!to) return;
    this.missing--;
    const { id } = to.candidate;
    if (++this.uses[id]! === 1) {
      this.candidateCount++;
      this.candidateCost += this.table.costs[id]!.cost;
      this.keep(this.table.costs[id]!.invariants);
    }
    this.serviceCost += to.cost;
    this.keep(to.invariants);
  }

  apply(changes: readonly Change[]): void {
    for (const { group, to } of changes) this.set(group, to);
  }

  revert(changes: readonly Change[]): void {
    for (const { group, from } of changes.toReversed()) this.set(group, from);
  }

  private keep(invariants: readonly number[]): void {
    for (const i of invariants) if (++this.invariantUses[i]! === 1) this.invariantCount++;
  }

  private drop(invariants: readonly number[]): void {
    for (const i of invariants) if (--this.invariantUses[i]! === 0) this.invariantCount--;
  }

  /** ivopts_estimate_reg_pressure. */
  private registers(): number {
    const { registers, calls, spill } = this.pressure;
    const n = this.candidateCount;
    const fresh = n + this.invariantCount;
    const needed = fresh + registers;
    const available = availableRegisters - (calls ? clobberedRegisters : 0);
    let cost: number;
    if (needed + reservedRegisters < available) cost = fresh;
    else if (needed <= available) cost = registerCost * needed;
    else if (n <= available) cost = registerCost * available + spill * (needed - available);
    else cost = registerCost * available + spill * (n - available) * 2 + spill * (needed - n);
    return cost + n;
  }
}

function improve(set: Choice, originals: boolean): Choice | null {
  for (let i = 0; i < set.table.groups.length; i++) if (!addFor(set, originals)) return null;
  for (let replace = true; ;) {
    const [changes, replaced] = improvement(set, replace);
    if (replaced) replace = false;
    if (changes.length === 0) break;
    set.apply(changes);
  }
  return set.cost === Infinity ? null : set;
}

/** try_add_cand_for: extends the set so that it serves one group more. */
function addFor(set: Choice, originals: boolean): boolean {
  const { table } = set;
  const group = set.open();
  let first: Service | null = null;
  for (const c of set.used()) {
    const s = table.of(group, c);
    if (table.cheaper(s, first)) first = s;
  }
  if (!first)
    for (const c of table.candidates) {
      const s = c.important ? table.of(group, c) : null;
      if (table.cheaper(s, first)) first = s;
    }
  let best: Change[] = [];
  let least = Infinity;
  if (first) {
    set.set(group, first);
    least = set.cost;
    best = [{ group, from: null, to: first }];
    set.set(group, null);
  }
  const general = (c: Candidate) => (originals ? c.kind === 'original' : memoryObject(c.base) === null);
  const attempt = (c: Candidate): void => {
    const s = set.isUsed(c) ? null : table.of(group, c);
    if (!s) return;
    set.set(group, s);
    const [cost, changes] = extend(set, c, true);
    set.set(group, null);
    if (cost >= least) return;
    least = cost;
    best = [{ group, from: null, to: s }, ...changes];
  };
  for (const c of table.candidates) if (table.isRelated(group, c) && general(c)) attempt(c);
  if (least === Infinity) for (const c of table.candidates) if (!(c.important && general(c))) attempt(c);
  set.apply(best);
  return least !== Infinity;
}

/** iv_ca_extend: what the set costs when a candidate takes over all groups (`all`), or those that it serves for less. */
function extend(set: Choice, c: Candidate, all: boolean): [number, Change[]] {
  const { table } = set;
  const changes: Change[] = [];
  for (let group = 0; group < set.upTo; group++) {
    const from = set.by[group]!;
    if (from?.candidate === c) continue;
    const to = table.of(group, c);
    if (!to) continue;
    if (!all) {
      const before = set.invariantCount;
      set.set(group, to);
      const more = set.invariantCount - before;
      set.set(group, from);
      if (more > 0) continue;
      if (table.cheaper(from, to) || (!table.cheaper(to, from) && more === 0)) continue;
    }
    changes.unshift({ group, from, to });
  }
  set.apply(changes);
  const { cost } = set;
  set.revert(changes);
  return [cost, changes];
}

/** iv_ca_narrow: the set without a candidate. */
function narrow(set: Choice, c: Candidate, start: Candidate | null): [number, Change[]] {
  const { table } = set;
  const changes: Change[] = [];
  for (let group = 0; group < table.groups.length; group++) {
    const from = set.by[group]!;
    if (from?.candidate !== c) continue;
    let least = set.cost;
    let to = start ? table.of(group, start) : null;
    for (const other of set.used()) {
      if (other === c || other === start) continue;
      if (!table.all && !table.isRelated(group, other)) continue;
      const s = table.of(group, other);
      if (!s) continue;
      set.set(group, s);
      if (set.cost < least) {
        least = set.cost;
        to = s;
      }
      set.set(group, from);
    }
    if (!to) return [Infinity, []];
    changes.unshift({ group, from, to });
  }
  set.apply(changes);
  const { cost } = set;
  set.revert(changes);
  return [cost, changes];
}

/** iv_ca_prune: without the candidates that are worth least, one after the other. */
function prune(set: Choice, except: Candidate | null): [number, Change[]] {
  let least = set.cost;
  let best: Change[] | null = null;
  for (const c of set.used()) {
    if (c === except) continue;
    const [cost, changes] = narrow(set, c, except);
    if (cost < least) {
      least = cost;
      best = changes;
    }
  }
  if (!best) return [least, []];
  set.apply(best);
  const [cost, more] = prune(set, except);
  set.revert(best);
  return [cost, [...best, ...more]];
}

/** try_improve_iv_set: the best change of one step, and whether replacing was tried. */
function improvement(set: Choice, replace: boolean): [Change[], boolean] {
  let least = set.cost;
  let best: Change[] = [];
  for (const c of set.table.candidates) {
    if (set.isUsed(c)) continue;
    let [cost, changes] = extend(set, c, false);
    if (changes.length === 0) continue;
    set.apply(changes);
    const { size } = set;
    set.revert(changes);
    if (size <= alwaysPrune) {
      set.apply(changes);
      const [pruned, more] = prune(set, c);
      set.revert(changes);
      cost = pruned;
      changes = [...changes, ...more];
    }
    if (cost < least) {
      least = cost;
      best = changes;
    }
  }
  if (best.length > 0) return [best, false];
  const [, fewer] = prune(set, null);
  if (fewer.length > 0 || !replace) return [fewer, false];
  return [replacement(set), true];
}

/** iv_ca_replace: candidates of several groups give way to what serves each for less, where that pays after pruning. */
function replacement(set: Choice): Change[] {
  const { table } = set;
  const before = set.cost;
  for (const c of set.used()) {
    if (set.usesOf(c) === 1 || set.usesOf(c) > alwaysPrune) continue;
    const changes: Change[] = [];
    for (let group = 0; group < set.upTo; group++) {
      const from = set.by[group]!;
      if (from?.candidate !== c) continue;
      let to: Service = from;
      for (const other of table.candidates) {
        if (other === c || (!table.all && !table.isRelated(group, other))) continue;
        const s = table.of(group, other);
        if (table.cheaper(s, to)) to = s!;
      }
      if (to !== from) changes.unshift({ group, from, to });
    }
    if (changes.length === 0) continue;
    set.apply(changes);
    const [cost, more] = prune(set, null);
    set.revert(changes);
    if (cost < before) return [...changes, ...more];
  }
  return [];
}

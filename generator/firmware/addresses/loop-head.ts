/**
 * What holds at the head of a loop in every turn. A trial run of the body over fresh symbols suggests it:
 *
 *     induction  moves by a constant each turn            start + step k
 *     drift      moves by an amount within a range        start + (0 .. range times turns)
 *     range      computed anew, or exchanged with others  any value of a range
 *     anything   the rest
 *
 * A trial may guess that nothing wraps, so `holds` proves the claims by induction over turns: from any head that satisfies
 * them, the body leads back to a head that satisfies them, in no more turns than claimed.
 */
import {
  add,
  constant,
  equal,
  isConstant,
  scale,
  subtract,
  substitute,
  variable,
  type Affine,
  type Range,
  type Symbol,
} from './affine.ts';
import { ENDLESS, mostTurns, type Induction } from './loop.ts';
import { FULL_RANGE, union } from './range.ts';
import { integerRange, joinValues, rangeOf, settled, type State, type Symbols } from './state.ts';
import type { Value } from './value.ts';

type Claim =
  | { kind: 'induction'; form: Affine; step: number }
  | { kind: 'drift'; form: Affine; step: Range }
  | { kind: 'range' | 'anything'; form: Affine };

export interface Claims {
  /** Counts the turns, from 0 to `most`. */
  turns: Symbol;
  most: number;
  locals: Map<number, Claim>;
}

/**
 * @param back where the trial came back to the head
 * @param heads the symbols that the trial started from, by local
 * @param mark symbols from this id on are newer than the loop's entry
 */
export function claimHeads(
  entry: State,
  back: State,
  heads: ReadonlyMap<number, Symbol>,
  mark: number,
  symbols: Symbols,
): Claims {
  const startOf = (local: number) => settled(entry, entry.locals[local].affine!);
  const last = new Map([...heads.keys()].map((local) => [local, lastValue(back, local)]));
  const inductions = new Map<Symbol, Induction>();
  for (const [local, symbol] of heads) {
    const step = last.get(local) && subtract(last.get(local)!, variable(symbol));
    if (step && isConstant(step)) inductions.set(symbol, { start: startOf(local), step: step.constant });
  }
  const conditions = newConditions(entry, back);
  const most = mostTurns(
    { ...entry, optimistic: back.optimistic },
    conditions,
    inductions,
    (s) => s.id < mark,
  );
  const turns = symbols.fresh({ lo: 0, hi: most });
  const forms = new Map<Symbol, Affine>();
  for (const [symbol, { start, step }] of inductions)
    forms.set(symbol, add(start, scale(variable(turns), step)));

  const anything = (): Claim => ({ kind: 'anything', form: variable(symbols.fresh(FULL_RANGE)) });
  const claim = (local: number, symbol: Symbol): Claim => {
    const form = forms.get(symbol);
    if (form) return { kind: 'induction', form, step: inductions.get(symbol)!.step };
    const value = last.get(local);
    if (!value) return anything();
    const group = exchanged(last, local, heads);
    if (group) {
      const starts = group.map((l): Value => ({ affine: startOf(l) }));
      return {
        kind: 'range',
        form: starts.reduce((a, b) => joinValues(entry, a, entry, b, symbols)).affine!,
      };
    }
    const moved = subtract(value, variable(symbol));
    const others = [...heads.values()];
    if (most < ENDLESS && !moved.terms.some(([s]) => others.includes(s))) {
      const step = integerRange(back, moved);
      const reach = { lo: Math.min(0, step.lo * most), hi: Math.max(0, step.hi * most) };
      if (reach.hi - reach.lo < 2 ** 31)
        return { kind: 'drift', form: add(startOf(local), variable(symbols.fresh(reach))), step };
    }
    // Computed anew: what the turn gives it, over inductions instead of the trial's symbols, or its first value.
    const ranges = new Map(back.ranges);
    for (const s of others) ranges.delete(s);
    const given = rangeOf({ ...back, ranges }, substitute(value, forms));
    const all = union(given, rangeOf(entry, startOf(local)));
    if (all.hi - all.lo >= FULL_RANGE.hi - FULL_RANGE.lo) return anything();
    return { kind: 'range', form: symbols.value(all).affine! };
  };
  return { turns, most, locals: new Map([...heads].map(([local, symbol]) => [local, claim(local, symbol)])) };
}

function lastValue(back: State, local: number): Affine | undefined {
  const { affine } = back.locals[local];
  return affine && settled(back, affine);
}

/** The locals whose values a turn only passes around among them, this one included. */
function exchanged(
  last: ReadonlyMap<number, Affine | undefined>,
  local: number,
  heads: ReadonlyMap<number, Symbol>,
): number[] | undefined {
  const group: number[] = [];
  for (let at = local; !group.includes(at);) {
    group.push(at);
    const from = last.get(at);
    const source = [...heads].find(([, symbol]) => from && equal(from, variable(symbol)));
    if (!source) return undefined;
    at = source[0];
  }
  return group;
}

/** Conditions on the way from the head back to it. */
const newConditions = (entry: State, back: State) => back.path.filter((c) => !entry.path.includes(c));

export function applyClaims(head: State, { locals }: Claims): void {
  for (const [local, { form }] of locals) head.locals[local] = { affine: form };
}

/** Whether the way from `head`, under the claims, to `back` keeps every claim. */
export function holds(entry: State, head: State, back: State, claims: Claims, mark: number): boolean {
  if (claims.most < ENDLESS) {
    const counter = new Map([[claims.turns, { start: constant(0), step: 1 }]]);
    const most = mostTurns(entry, newConditions(entry, back), counter, (s) => s.id < mark);
    if (most > claims.most) return false;
  }
  return [...claims.locals].every(([local, claim]) => {
    if (claim.kind === 'anything') return true;
    const last = lastValue(back, local);
    if (!last) return false;
    const moved = subtract(last, settled(back, claim.form));
    if (claim.kind === 'induction') return isConstant(moved) && moved.constant === claim.step;
    if (claim.kind === 'drift') {
      const step = integerRange(back, moved);
      return step.lo >= claim.step.lo && step.hi <= claim.step.hi;
    }
    const allowed = rangeOf(head, claim.form);
    const all = union(allowed, rangeOf(back, last));
    return all.hi - all.lo <= allowed.hi - allowed.lo;
  });
}

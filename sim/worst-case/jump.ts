/**
 * Turns of a loop that all go the same way, taken at once. If variables grew by the same steps in the last two turns, one more turn is
 * walked for all that follow: each such variable as base + step * t. What is asked on the way says for how many turns the answers stay
 * the same (the horizon). If the turn leaves every variable as the next turn would find it, that many turns pass the same blocks.
 */
import type { Outcome, State } from './outcomes.ts';
import type { LoopItem } from './item.ts';
import { addAll, type Tally } from './tally.ts';
import { inTurn, isForm, lost, same, type Value } from './value.ts';

export interface Turns {
  /** Turns that are repeated together: one, or two where buffers take turns. */
  period: number;
  /** How often. */
  times: number;
  /** No branch of a turn rests on data. */
  constant: boolean;
  /** After that often or fewer: the ways that left the loop meanwhile, and where it goes on. */
  take(times: number): { left: Outcome[]; state: State };
}

export interface OneTurn {
  /** For how many turns to come what was answered stays so. */
  horizon: number;
  constant: boolean;
  again: readonly Outcome[];
  left: readonly Outcome[];
}

/**
 * `heads`: variables at the start of the next turn, and of those one and two periods before. Undefined where the turns cannot be taken
 * at once.
 */
export function turnsAtOnce(
  { reads, fresh = [] }: LoopItem,
  period: number,
  [first, second, next]: readonly [Value[], Value[], Value[]],
  passed: Tally,
  walk: (one: State) => OneTurn,
): Turns | undefined {
  const start = next.map((value, v) => grown(first[v], second[v], value));
  if (!reads.some((v) => isForm(start[v])) || (period > 1 && reads.some((v) => start[v] === lost)))
    return undefined;
  let horizon = Infinity;
  let constant = true;
  let end: State = { variables: [...start], tally: new Map() };
  const left: Outcome[] = [];
  for (let turn = 0; turn < period; turn++) {
    const one = walk(end);
    horizon = Math.min(horizon, one.horizon);
    constant &&= one.constant;
    left.push(...one.left);
    if (one.again.length !== 1) return undefined;
    [end] = one.again as [Outcome];
    for (const v of fresh) end.variables[v] = undefined;
  }
  if (horizon < 2 || !reads.every((v) => follows(start[v], end.variables[v]))) return undefined;
  const after = (v: number, times: number): Value => {
    const given = start[v];
    const value = given === lost ? inTurn(end.variables[v], times - 1) : inTurn(given, times);
    return value === lost ? undefined : value;
  };
  return {
    period,
    times: horizon,
    constant,
    take(times) {
      const variables = next.map((_, v) => (fresh.includes(v) ? undefined : after(v, times)));
      const tally: Tally = new Map(passed);
      addAll(tally, end.tally, times);
      return {
        state: { variables, tally },
        // Whoever left in an earlier turn passed less.
        left: left.map((o) => {
          const most: Tally = new Map(passed);
          addAll(most, end.tally, times - 1);
          addAll(most, o.tally);
          return { target: o.target, variables: o.variables.map(known), tally: most };
        }),
      };
    },
  };
}

const known = (v: Value): Value => (isForm(v) || v === lost ? undefined : v);

function grown(a: Value, b: Value, c: Value): Value {
  if (same(a, b) && same(b, c)) return c;
  if (typeof a !== 'number' || typeof b !== 'number' || typeof c !== 'number') return lost;
  return b - a === c - b ? { base: c, step: c - b } : lost;
}

/** Whether a turn leaves a variable as the next one is assumed to find it. */
function follows(start: Value, end: Value): boolean {
  if (start === lost) return true;
  if (!isForm(start)) return same(start, end);
  return isForm(end) && end.step === start.step && end.base === start.base + start.step;
}

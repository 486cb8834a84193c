/**
 * Turns of a loop that all go the same way, taken at once. If variables grew by the same steps in the last two turns, one more turn is
 * walked for all that follow: each such variable as base + step * t. What is asked on the way says for how many turns the answers stay
 * the same (the horizon). If the turn leaves every variable as the next turn would find it, that many turns pass the same blocks.
 */
import type { Outcome, State } from './bound.ts';
import type { LoopItem } from './program.ts';
import { addAll, type Tally } from './tally.ts';
import { inTurn, isForm, lost, same, type Value } from './value.ts';

export interface Turns {
  /** How many there are. */
  turns: number;
  /** After that many or fewer: the ways that left the loop meanwhile, and where it goes on. */
  take(turns: number): { left: Outcome[]; state: State };
}

interface OneForAll {
  horizon: number;
  again: readonly Outcome[];
  left: readonly Outcome[];
}

/** `heads`: variables at the start of the last two turns and of the next. Undefined where the turns cannot be taken at once. */
export function turnsAtOnce(
  { reads, fresh = [] }: LoopItem,
  [first, second, next]: readonly [Value[], Value[], Value[]],
  passed: Tally,
  walk: (one: State) => OneForAll,
): Turns | undefined {
  const start = next.map((value, v) => grown(first[v], second[v], value));
  if (!reads.some((v) => isForm(start[v]))) return undefined;
  const { horizon, again, left } = walk({ variables: [...start], tally: new Map() });
  const [only] = again;
  if (!only || again.length > 1 || horizon < 2) return undefined;
  if (!reads.every((v) => follows(start[v], only.variables[v]))) return undefined;
  const after = (v: number, turns: number): Value => {
    const given = start[v];
    const value = given === lost ? inTurn(only.variables[v], turns - 1) : inTurn(given, turns);
    return value === lost ? undefined : value;
  };
  return {
    turns: horizon,
    take(turns) {
      const variables = next.map((_, v) => (fresh.includes(v) ? undefined : after(v, turns)));
      const tally: Tally = new Map(passed);
      addAll(tally, only.tally, turns);
      return {
        state: { variables, tally },
        // Whoever left in an earlier turn passed less.
        left: left.map((o) => {
          const most: Tally = new Map(passed);
          addAll(most, only.tally, turns - 1);
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

/** Where ways through code lead, and with which numbers in the variables; leaving a construct, and ways that meet. */
import type { Tally } from './tally.ts';
import { keyOf, lost, same, type Value } from './value.ts';

/** Where control goes: to the end of the construct, out of the function, or from 0 on to the label of so many constructs around. */
export const FALL = -1;
export const RETURN = 1_000_000;

/** Places in tables that are told apart at once. */
const MOST_PLACES = 4096;

export interface State {
  variables: Value[];
  tally: Tally;
}

export interface Outcome extends State {
  target: number;
}

export const copy = ({ variables, tally }: State): State => ({
  variables: [...variables],
  tally: new Map(tally),
});

/** A way of its own for each of what a part of the walk gave. */
export const asOutcomes = (result: number | Outcome[], state: State): Outcome[] =>
  typeof result === 'number' ? [{ ...state, target: result }] : result;

const outer = (t: number): number => (t === 0 ? FALL : t > 0 && t < RETURN ? t - 1 : t);

const forget = (variables: Value[], dead: readonly number[]): void => {
  for (const v of dead) variables[v] = undefined;
};

/** Out of a construct that was left in one way: its own label is where control goes on, without the variables that die there. */
export function leaveOnce(target: number, state: State, dead: readonly number[] = []): number {
  const after = outer(target);
  if (after === FALL) forget(state.variables, dead);
  return after;
}

/** As `leaveOnce`. Outcomes are nobody else's, so they change in place. */
export function leaveEach(outcomes: Outcome[], dead: readonly number[] = []): Outcome[] {
  for (const o of outcomes) o.target = leaveOnce(o.target, o, dead);
  return outcomes;
}

/**
 * One outcome a target and place in tables: the dearest, and the variables that all agree on.
 *
 * @param followed Variables on which ways are told apart.
 * @param larger The dearer of two.
 */
export function join(
  outcomes: Outcome[],
  followed: ReadonlySet<number>,
  larger: (a: Tally, b: Tally) => Tally,
): Outcome[] {
  if (outcomes.length < 2) return outcomes;
  // Where it is unknown on one way, it is unknown.
  const apart =
    outcomes.length <= MOST_PLACES
      ? [...followed].filter((v) => outcomes.every((o) => o.variables[v] !== undefined))
      : [];
  const joined = new Map<string | number, Outcome>();
  for (const o of outcomes) {
    const key =
      apart.length === 0 ? o.target : `${o.target} ${apart.map((v) => keyOf(o.variables[v])).join()}`;
    const other = joined.get(key);
    if (!other) {
      joined.set(key, o);
      continue;
    }
    other.tally = larger(other.tally, o.tally);
    const { variables } = other;
    for (let i = 0; i < variables.length; i++)
      if (!same(variables[i], o.variables[i]))
        variables[i] = variables[i] === lost && o.variables[i] !== undefined ? lost : undefined;
  }
  return [...joined.values()];
}

/** What several guesses of one branch come to (combine_predictions_for_bb of predict.c), in ten thousandths. */
import type { Guess, Spot, Way } from './skeleton.ts';

export const base = 10_000;

/** Those of which the first of the list decides alone. */
const first = [
  'loop iterations',
  'loop iterations at most',
  'expect',
  'noreturn',
  'loop exit',
  'loop exit with recursion',
  'extra loop exit',
  'loop iv compare exactly',
];

const unlikely = 4;

/** How likely each way on is. */
export function combine(spot: Spot): Map<Way, number> {
  const ways = spot.out;
  if (ways.length !== 2) return evenly(spot);
  const [yes, no] = ways as [Way, Way];
  const guesses = prune(spot.guesses);
  const best = first.find((p) => guesses.some((g) => g.predictor === p));
  let combined = base / 2;
  if (best) {
    const found = guesses.filter((g) => g.predictor === best).map((g) => ofFirst(g, yes));
    // The same predictor's surest word.
    combined = found.reduce((a, b) => (Math.abs(b - base / 2) > Math.abs(a - base / 2) ? b : a));
  } else
    for (const g of guesses) {
      const p = ofFirst(g, yes);
      const d = combined * p + (base - combined) * (base - p);
      combined = d === 0 ? base / 2 : Math.floor((combined * p * base) / d + 0.5);
    }
  return new Map([
    [yes, combined / base],
    [no, 1 - combined / base],
  ]);
}

const ofFirst = ({ way, probability }: Guess, yes: Way): number =>
  way === yes ? probability : base - probability;

/** One predictor that says the same twice counts once; of both ways, not at all (prune_predictions_for_bb). */
function prune(guesses: readonly Guess[]): Guess[] {
  const removed = new Set<Guess>();
  const known = new Map<string, Guess>();
  for (const g of guesses.toReversed()) {
    const key = `${g.predictor} ${Math.min(g.probability, base - g.probability)}`;
    const before = known.get(key);
    if (before && before.probability === g.probability) {
      if (before.way === g.way) removed.add(g);
      else if (g.probability !== base / 2) {
        removed.add(before);
        removed.add(g);
      }
    }
    known.set(key, g);
  }
  return guesses.filter((g) => !removed.has(g));
}

/** A switch: even, but for ways to what does not return. */
function evenly({ out, guesses }: Spot): Map<Way, number> {
  const rare = new Set(guesses.filter((g) => g.probability <= unlikely).map((g) => g.way));
  const even = (1 - (rare.size * unlikely) / base) / (out.length - rare.size);
  if (rare.size === out.length) return new Map(out.map((w) => [w, 1 / out.length]));
  return new Map(out.map((w) => [w, rare.has(w) ? unlikely / base : even]));
}

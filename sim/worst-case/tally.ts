/**
 * What a way through code passes, before anything has a price: how often each block, and how often each choice between ways of which
 * the dearest counts. Made once for a module; cores and runtimes only set prices.
 *
 *   tally    sum of  n x block  and  n x choice
 *   choice   the dearest of several tallies; refers to earlier choices only
 */

/** Times by place: `blockKey` of a block, or -1 - number of a choice. */
export type Tally = Map<number, number>;

const FUNCTIONS = 2 ** 20;
export const blockKey = (f: number, block: number): number => f * FUNCTIONS + block;

export const add = (to: Tally, key: number, times = 1): void => {
  to.set(key, (to.get(key) ?? 0) + times);
};

export function addAll(to: Tally, what: Tally, times = 1): void {
  for (const [key, n] of what) add(to, key, n * times);
}

/** What is in `of` beyond `part`. */
export function beyond(of: Tally, part: Tally): Tally {
  const rest: Tally = new Map();
  for (const [key, n] of of) {
    const more = n - (part.get(key) ?? 0);
    if (more > 0) rest.set(key, more);
  }
  return rest;
}

/** Choices of one module, by number. */
export class Choices {
  private readonly ways: (readonly [Tally, Tally])[] = [];
  private readonly known = new Map<string, number>();

  /** The dearer of two: what both pass is taken out, and where one passes all that the other does it is that one. */
  larger(a: Tally, b: Tally): Tally {
    const [more, less] = [beyond(a, b), beyond(b, a)];
    if (less.size === 0) return a;
    if (more.size === 0) return b;
    const common = beyond(a, more);
    const [one, other] = [textOf(more), textOf(less)];
    const key = one < other ? `${one}|${other}` : `${other}|${one}`;
    let number = this.known.get(key);
    if (number === undefined) {
      this.known.set(key, (number = this.ways.length));
      this.ways.push([more, less]);
    }
    add(common, -1 - number);
    return common;
  }

  /** Price of a tally where each block has one. */
  price(tally: Tally, ofBlock: (f: number, block: number) => number): number {
    const prices: number[] = [];
    const sum = (t: Tally): number => {
      let total = 0;
      for (const [key, n] of t)
        total += n * (key < 0 ? prices[-1 - key]! : ofBlock(Math.floor(key / FUNCTIONS), key % FUNCTIONS));
      return total;
    };
    for (const [a, b] of this.ways) prices.push(Math.max(sum(a), sum(b)));
    return sum(tally);
  }
}

const textOf = (t: Tally): string =>
  [...t]
    .sort(([a], [b]) => a - b)
    .map((entry) => entry.join(':'))
    .join();

/** The loops of a walk: counted ones at a stroke, others turn by turn, turns that go the same way at once (jump.ts), and none twice. */
import { timesHeld, type CountedLoop } from './counted-loop.ts';
import { turnsAtOnce, type Turns } from './jump.ts';
import type { LoopBound } from './knowledge.ts';
import { asOutcomes, FALL, leaveEach, type Outcome, type State } from './outcomes.ts';
import type { Item, LoopItem } from './item.ts';
import { add, addAll, beyond, blockKey, type Tally } from './tally.ts';
import { isForm, keyOf, lost, same, type Value } from './value.ts';
import { workOf } from './work.ts';

export const noProgress = 'how often it runs rests on data alone';

/** More turns at once than this, any of which may be the last, are not counting but looking for something. */
const MOST_TURNS = 2 ** 26;
/** Attempts to take turns of a loop at once. */
const ATTEMPTS = 4;

/** What held in a part of the walk alone. */
export interface Circumstance {
  /** No branch rested on data. */
  constant: boolean;
  /** For how many turns to come what was answered stays so. */
  horizon: number;
}

/** The walk that a loop stands in. */
export interface LoopSurroundings {
  /** Index of the function. */
  readonly f: number;
  /** Where control goes, with the state changed in place; or all the ways that are open. */
  sequence(items: readonly Item[], state: State): number | Outcome[];
  join(outcomes: Outcome[]): Outcome[];
  fail(loop: LoopItem | undefined, reason: string): never;
  apart<T>(part: () => T): { value: T } & Circumstance;
  recall(known: Circumstance): void;
  tentatively<T>(part: () => T | undefined): T | undefined;
  enter(loop: LoopItem): void;
  /** Throws Unbounded where it was too much. */
  spend(work: number): void;
}

interface Parted {
  again: Outcome[];
  left: Outcome[];
}

export class Loops {
  private readonly around: LoopSurroundings;
  private readonly loopBounds: readonly LoopBound[];
  private readonly known = new Map<LoopItem, Map<string, Circumstance & { outcomes: Outcome[] }>>();
  private readonly failed = new Map<LoopItem, number>();
  /** Whether turns are being taken at once. */
  private atOnce = false;

  constructor(around: LoopSurroundings, loopBounds: readonly LoopBound[]) {
    this.around = around;
    this.loopBounds = loopBounds;
  }

  /** A loop that starts with the same numbers takes the same ways: an inner loop is walked once, not once a turn of the outer. */
  walk(item: LoopItem, state: State): Outcome[] {
    const { variables, tally } = state;
    const { reads, writes } = item;
    let known = this.known.get(item);
    if (!known) this.known.set(item, (known = new Map()));
    const key = reads.map((v) => keyOf(variables[v])).join();
    let ways = known.get(key);
    if (ways) this.around.recall(ways);
    else {
      const start: State = { variables: [...variables], tally: new Map() };
      const { value: result, ...circumstances } = this.around.apart(() => this.loop(item, start));
      ways = {
        ...circumstances,
        outcomes: asOutcomes(result, start).map((o) => ({
          ...o,
          variables: writes.map((v) => o.variables[v]),
        })),
      };
      known.set(key, ways);
    }
    return ways.outcomes.map((o) => {
      this.around.spend(workOf.recall(state, o));
      const after = [...variables];
      writes.forEach((v, i) => (after[v] = o.variables[i]));
      const passed = new Map(tally);
      addAll(passed, o.tally);
      return { target: o.target, variables: after, tally: passed };
    });
  }

  private counted({ always, held }: CountedLoop, times: number, tally: Tally): number {
    for (const block of always) add(tally, blockKey(this.around.f, block), times + 1);
    for (const block of held) add(tally, blockKey(this.around.f, block), times);
    return FALL;
  }

  private loop(item: LoopItem, start: State): number | Outcome[] {
    const { counted } = item;
    if (counted?.steps.every(([v]) => !isForm(start.variables[v]) && start.variables[v] !== lost)) {
      const times = timesHeld(counted, start.variables);
      if (times !== undefined) return this.counted(counted, times, start.tally);
    }
    const stated = this.statedFor(item);
    let states: State[] = [start];
    let others: Outcome[] | undefined;
    let heads: Value[][] = [];
    const seen = new Set<string>();
    for (let turns = 0; ;) {
      const [state] = states as [State];
      if (states.length === 1) {
        const jump = this.jump(item, heads, state);
        if (jump && (stated === undefined || stated - turns >= jump.period)) {
          const most = stated === undefined ? Infinity : Math.floor((stated - turns) / jump.period);
          const times = Math.min(jump.times, most);
          if (times > MOST_TURNS && stated === undefined && !jump.constant)
            this.around.fail(item, noProgress);
          const { left, state: after } = jump.take(times);
          others = this.around.join([...(others ?? []), ...left]);
          state.variables = after.variables;
          state.tally = after.tally;
          turns += times * jump.period;
          heads = [];
          if (turns === stated) return others;
        }
        heads.push([...state.variables]);
        if (heads.length > 4) heads.shift();
      }
      this.around.enter(item);
      if (states.length === 1) this.around.spend(workOf.copy(state));
      const before = states.length === 1 ? new Map(state.tally) : undefined;
      const results = states.map((s): Outcome[] => {
        return asOutcomes(this.around.sequence(item.body, s), s);
      });
      const outcomes = results.length === 1 ? results[0]! : this.around.join(results.flat());
      const { again, left } = this.parted(item, outcomes);
      turns++;
      if (again.length === 0 || turns === stated) return this.around.join([...(others ?? []), ...left]);
      for (const o of again) for (const v of item.fresh ?? []) o.variables[v] = undefined;
      const [only] = again as [Outcome];
      const head = heads.at(-1);
      if (again.length === 1 && before && head && item.reads.every((v) => same(head[v], only.variables[v]))) {
        if (stated === undefined) this.around.fail(item, noProgress);
        // Every turn that is left goes as this one did.
        const turn = beyond(only.tally, before);
        for (const o of left) addAll(o.tally, turn, stated - turns);
        return this.around.join([...(others ?? []), ...left]);
      }
      others = this.around.join([...(others ?? []), ...left]);
      if (again.length > 1) {
        if (stated === undefined && again.every((o) => seen.has(keyAt(item, o))))
          this.around.fail(item, noProgress);
        for (const o of again) seen.add(keyAt(item, o));
      }
      if (states.length === 1 && again.length === 1) {
        start.variables = only.variables;
        start.tally = only.tally;
        states = [start];
      } else {
        heads = [];
        states = again;
      }
    }
  }

  private statedFor(item: LoopItem): number | undefined {
    const { f } = this.around;
    return this.loopBounds.find((b) => b.function === f && b.loop === item.ordinal)?.turns;
  }

  private jump(item: LoopItem, heads: readonly Value[][], state: State): Turns | undefined {
    if (this.atOnce || heads.length < 2 || (this.failed.get(item) ?? 0) >= ATTEMPTS) return undefined;
    // Two buffers that take turns come back to their places every other turn.
    const found = this.everyOther(1, item, heads, state) ?? this.everyOther(2, item, heads, state);
    if (!found && heads.length >= 4) this.failed.set(item, (this.failed.get(item) ?? 0) + 1);
    return found;
  }

  private everyOther(
    period: 1 | 2,
    item: LoopItem,
    heads: readonly Value[][],
    state: State,
  ): Turns | undefined {
    const first = heads.at(-2 * period);
    const second = heads.at(-period);
    if (!first || !second) return undefined;
    this.atOnce = true;
    try {
      return this.around.tentatively(() =>
        turnsAtOnce(item, period, [first, second, state.variables], state.tally, (one) => {
          const { value, horizon, constant } = this.around.apart(() => this.oneTurn(item, one));
          return { horizon, constant, ...value };
        }),
      );
    } finally {
      this.atOnce = false;
    }
  }

  private oneTurn(item: LoopItem, one: State): Parted {
    return this.parted(item, asOutcomes(this.around.sequence(item.body, one), one));
  }

  /** Ways back to the head, and ways out. */
  private parted(item: LoopItem, outcomes: readonly Outcome[]): Parted {
    const out = outcomes.filter((o) => o.target !== 0);
    return {
      again: outcomes.filter((o) => o.target === 0),
      left: this.around.join(leaveEach(out, item.dead)),
    };
  }
}

const keyAt = (item: LoopItem, { variables }: State): string =>
  item.reads.map((v) => keyOf(variables[v])).join();

/**
 * The most that a call can cost, whatever the data: the function is walked with known numbers for counters, constants and tables
 * that nothing writes, and with both ways open where a condition rests on data. Where ways meet, the dearer one counts, and
 * variables on which they disagree become unknown; places in tables are told apart instead, so a tree is walked to its leaves.
 *
 * Turns of a loop that go the same way are taken at once (jump.ts says how many). A loop ends when no way leads back; if one does
 * and nothing that is known has changed, there is no bound to be found unless somebody states one.
 *
 * The walk knows no prices: it leaves a tally, so it is made once for a module, not once for each core and runtime.
 */
import type { ModuleAnalysis } from '../wasm/index.ts';
import { timesHeld, type CountedLoop } from './counted-loop.ts';
import { possibleValues } from './expression.ts';
import { followed } from './followed.ts';
import { turnsAtOnce, type Turns } from './jump.ts';
import { programOf, type Item, type LoopItem, type Program } from './program.ts';
import { add, addAll, beyond, blockKey, Choices, type Tally } from './tally.ts';
import { formOperator, isForm, keyOf, lost, same, type Circumstances, type Value } from './value.ts';
import type { ReadOnly } from './value.ts';

export interface Bound {
  cycles: number;
  wasmOps: number;
  /** No branch rests on data: every call takes the same way. */
  constant: boolean;
}

/** Why there is none, and where: the byte offset in the module. */
export interface NoBound {
  function: string;
  /** Which loop of the function, from 0 in the order of the code; -1 where it is no loop. */
  loop: number;
  offset: number;
  reason: string;
}

export class Unbounded extends Error {
  readonly where: NoBound;

  constructor(where: NoBound) {
    super(where.reason);
    this.where = where;
  }
}

export interface BlockCosts {
  /** Of one execution, by function index and block id. */
  cycles: readonly (readonly number[])[];
  wasmOps: readonly (readonly number[])[];
}

/** How often a loop's head runs at most each time that the loop is entered: somebody's word. */
export interface LoopBound {
  /** Function index, and loop of the function from 0 in the order of the code. */
  function: number;
  loop: number;
  turns: number;
}

export interface Knowledge {
  /** Memory that nothing writes. */
  readOnly?: readonly ReadOnly[];
  loopBounds?: readonly LoopBound[];
}

/** The ways through a call, the dearest of which counts. */
export interface Ways {
  constant: boolean;
  /** Blocks behind which the way rests on data, as "function block". */
  forks: ReadonlySet<string>;
  price(ofBlock: (f: number, block: number) => number): number;
}

/** Passed blocks before the search is given up. */
const MOST_STEPS = 2_000_000;
/** More turns at once than this are not counting but looking for something. */
const MOST_TURNS = 2 ** 26;
/** Places in tables that are told apart at once. */
const MOST_PLACES = 4096;
/** Attempts to take turns of a loop at once. */
const ATTEMPTS = 4;
export const FALL = -1;
const RETURN = 1_000_000;

export interface State {
  variables: Value[];
  tally: Tally;
}

export interface Outcome extends State {
  target: number;
}

/** Thrown while turns are taken at once, where that cannot be said for all of them. */
export const notAtOnce = new Error('these turns go different ways');

/** Throws Unbounded where no bound can be found. Arguments that are undefined stand for any value. */
export function waysOf(
  analysis: ModuleAnalysis,
  entry: number,
  args: readonly Value[] = [],
  knowledge: Knowledge = {},
): Ways {
  const hits = new Set<object>();
  const programs = new Map<number, Program>();
  const ways = (followTables: boolean): Ways => {
    const walk = new Walk(analysis, knowledge, programs, hits, followTables);
    const tally = walk.call(entry, args);
    const { constant, forks } = walk;
    return { constant, forks, price: (ofBlock) => walk.choices.price(tally, ofBlock) };
  };
  try {
    return ways(false);
  } catch (error) {
    // Place by place through the tables that were come upon, which takes longer.
    if (!(error instanceof Unbounded) || hits.size === 0) throw error;
    return ways(true);
  }
}

/** As `waysOf`, priced. */
export function boundOf(
  analysis: ModuleAnalysis,
  costs: BlockCosts,
  entry: number,
  args: readonly Value[] = [],
  knowledge: Knowledge = {},
): Bound {
  const ways = waysOf(analysis, entry, args, knowledge);
  return {
    cycles: ways.price((f, block) => costs.cycles[f]![block]!),
    wasmOps: ways.price((f, block) => costs.wasmOps[f]![block]!),
    constant: ways.constant,
  };
}

interface Remembered {
  constant: boolean;
  horizon: number;
}

class Walk {
  constant = true;
  readonly forks = new Set<string>();
  readonly choices = new Choices();
  private readonly analysis: ModuleAnalysis;
  private readonly loopBounds: readonly LoopBound[];
  private readonly programs: Map<number, Program>;
  private readonly followTables: boolean;
  private readonly tables = new Map<number, ReadonlySet<number>>();
  private readonly done = new Map<string, Remembered & { tally: Tally }>();
  private readonly open = new Set<string>();
  private readonly loops = new Map<LoopItem, Map<string, Remembered & { outcomes: Outcome[] }>>();
  private readonly failed = new Map<LoopItem, number>();
  private readonly at: Circumstances;
  private steps = 0;
  private f = 0;
  private block = 0;
  /** The loop that was entered last. */
  private place: LoopItem | undefined;
  /** Whether turns are being taken at once. */
  private atOnce = false;

  constructor(
    analysis: ModuleAnalysis,
    { readOnly = [], loopBounds = [] }: Knowledge,
    programs: Map<number, Program>,
    hits: Set<object>,
    followTables: boolean,
  ) {
    this.analysis = analysis;
    this.loopBounds = loopBounds;
    this.programs = programs;
    this.followTables = followTables;
    this.at = { readOnly, hits, horizon: Infinity };
  }

  call(f: number, args: readonly Value[]): Tally {
    const key = `${f}(${args.map(keyOf).join()})`;
    const known = this.done.get(key);
    if (known) {
      if (!known.constant) this.constant = false;
      this.at.horizon = Math.min(this.at.horizon, known.horizon);
      return known.tally;
    }
    if (this.open.has(key)) this.fail(undefined, 'the function calls itself with the same known arguments');
    if (this.open.size > 2000) this.fail(undefined, 'calls nest too deeply');
    this.open.add(key);
    const { f: caller, block } = this;
    this.f = f;
    const program = this.program(f);
    const state: State = {
      variables: Array.from({ length: program.variables }, (_, i) =>
        i < program.parameters ? args[i] : program.zero[i],
      ),
      tally: new Map(),
    };
    const { value: result, ...circumstances } = this.apart(() => this.sequence(program.body, state));
    const ends = typeof result === 'number' ? [state] : result;
    const tally = ends.map((e) => e.tally).reduce((a, b) => this.choices.larger(a, b));
    this.f = caller;
    this.block = block;
    this.open.delete(key);
    this.done.set(key, { ...circumstances, tally });
    return tally;
  }

  /** Runs a part of the walk and says what held in it alone. */
  private apart<T>(part: () => T): { value: T } & Remembered {
    const { constant } = this;
    const { horizon } = this.at;
    this.constant = true;
    this.at.horizon = Infinity;
    const value = part();
    const own = { constant: this.constant, horizon: this.at.horizon };
    this.constant &&= constant;
    this.at.horizon = Math.min(horizon, own.horizon);
    return { value, ...own };
  }

  private program(f: number): Program {
    let program = this.programs.get(f);
    if (!program) this.programs.set(f, (program = programOf(this.analysis, this.analysis.functions[f]!)));
    return program;
  }

  /** Variables of the function on which ways are told apart. */
  private followed(): ReadonlySet<number> {
    if (!this.followTables) return none;
    let found = this.tables.get(this.f);
    if (!found) this.tables.set(this.f, (found = followed(this.program(this.f).body, this.at.hits)));
    return found;
  }

  private fail(loop: LoopItem | undefined, reason: string): never {
    const { name, wasm } = this.analysis.functions[this.f]!;
    const offset = wasm.body[loop?.instruction ?? 0]?.offset ?? 0;
    throw new Unbounded({ function: name, loop: loop?.ordinal ?? -1, offset, reason });
  }

  /** Where control goes, with the state changed in place; or all the ways that are open. */
  private sequence(items: readonly Item[], state: State, from = 0): number | Outcome[] {
    let others: Outcome[] | undefined;
    for (let i = from; i < items.length; i++) {
      const result = this.item(items[i]!, state);
      if (typeof result === 'number') {
        if (result === FALL) continue;
        return others ? this.join([...others, { ...state, target: result }]) : result;
      }
      const falls = result.filter((o) => o.target === FALL);
      if (falls.length < result.length)
        others = this.join([...(others ?? []), ...result.filter((o) => o.target !== FALL)]);
      const [fall, ...more] = falls;
      if (!fall) return others!;
      if (more.length > 0) {
        const rest = falls.flatMap((o) => {
          const after = this.sequence(items, o, i + 1);
          return typeof after === 'number' ? [{ ...o, target: after }] : after;
        });
        return this.join([...(others ?? []), ...rest]);
      }
      state.variables = fall.variables;
      state.tally = fall.tally;
    }
    return others ? this.join([...others, { ...state, target: FALL }]) : FALL;
  }

  private item(item: Item, state: State): number | Outcome[] {
    switch (item.kind) {
      case 'pass':
        this.block = item.block;
        add(state.tally, blockKey(this.f, item.block));
        if (++this.steps > MOST_STEPS) this.fail(this.place, noProgress);
        return FALL;
      case 'assign':
        return this.assign(item, state);
      case 'branch':
        return item.depth;
      case 'return':
        return RETURN;
      case 'block':
        return this.leave(this.sequence(item.body, state), state, item.dead);
      case 'loop':
        return this.remembered(item, state);
      case 'branchIf': {
        const known = this.decided(item.condition(state.variables, this.at));
        if (known !== undefined) return known ? item.depth : FALL;
        this.fork();
        return [
          { ...copy(state), target: item.depth },
          { ...copy(state), target: FALL },
        ];
      }
      case 'table': {
        const known = item.condition(state.variables, this.at);
        if (known === lost || isForm(known)) throw notAtOnce;
        const last = item.depths.length - 1;
        if (typeof known === 'number') return item.depths[Math.min(known >>> 0, last)]!;
        this.fork();
        return [...new Set(item.depths)].map((target) => ({ target, ...copy(state) }));
      }
      case 'if': {
        const known = this.decided(item.condition(state.variables, this.at));
        if (known !== undefined)
          return this.leave(this.sequence(known ? item.body : item.otherwise, state), state, item.dead);
        this.fork();
        const arms = [item.body, item.otherwise].flatMap((arm) => {
          const own = copy(state);
          const result = this.sequence(arm, own);
          return typeof result === 'number' ? [{ ...own, target: result }] : result;
        });
        return this.leave(this.join(arms), state, item.dead);
      }
      case 'call': {
        const args = item.arguments.map((a) => a(state.variables, this.at));
        const ways = item.callees.map((f) => this.call(f, args));
        if (ways.length > 1) this.fork();
        if (ways.length > 0)
          addAll(
            state.tally,
            ways.reduce((a, b) => this.choices.larger(a, b)),
          );
        return FALL;
      }
    }
  }

  private assign(item: Item & { kind: 'assign' }, state: State): number | Outcome[] {
    const value = item.value(state.variables, this.at);
    if (value === undefined && item.chooses && this.followed().has(item.variable)) {
      const values = possibleValues(item.expression, state.variables, this.at, 16);
      if (values && values.length > 1) {
        this.fork();
        return values.map((v) => {
          const own = copy(state);
          own.variables[item.variable] = v;
          return { ...own, target: FALL };
        });
      }
    }
    state.variables[item.variable] = value;
    return FALL;
  }

  private fork(): void {
    this.constant = false;
    this.forks.add(`${this.f} ${this.block}`);
  }

  private decided(condition: Value): boolean | undefined {
    if (condition === undefined) return undefined;
    if (condition === lost) throw notAtOnce;
    if (!isForm(condition)) return Boolean(condition);
    return formOperator('ne', condition, 0, this.at) === 1;
  }

  /** A loop that starts with the same numbers takes the same ways: an inner loop is walked once, not once a turn of the outer. */
  private remembered(item: LoopItem, { variables, tally }: State): Outcome[] {
    const { reads, writes } = item;
    let known = this.loops.get(item);
    if (!known) this.loops.set(item, (known = new Map()));
    const key = reads.map((v) => keyOf(variables[v])).join();
    let ways = known.get(key);
    if (ways) {
      if (!ways.constant) this.constant = false;
      this.at.horizon = Math.min(this.at.horizon, ways.horizon);
    } else {
      const start: State = { variables: [...variables], tally: new Map() };
      const { value: result, ...circumstances } = this.apart(() => this.loop(item, start));
      const outcomes = typeof result === 'number' ? [{ ...start, target: result }] : result;
      ways = {
        ...circumstances,
        outcomes: outcomes.map((o) => ({ ...o, variables: writes.map((v) => o.variables[v]) })),
      };
      known.set(key, ways);
    }
    return ways.outcomes.map((o) => {
      const after = [...variables];
      writes.forEach((v, i) => (after[v] = o.variables[i]));
      const passed = new Map(tally);
      addAll(passed, o.tally);
      return { target: o.target, variables: after, tally: passed };
    });
  }

  private counted({ always, held }: CountedLoop, times: number, tally: Tally): number {
    for (const block of always) add(tally, blockKey(this.f, block), times + 1);
    for (const block of held) add(tally, blockKey(this.f, block), times);
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
          if (times > MOST_TURNS && stated === undefined) this.fail(item, noProgress);
          const { left, state: after } = jump.take(times);
          others = this.join([...(others ?? []), ...left]);
          state.variables = after.variables;
          state.tally = after.tally;
          turns += times * jump.period;
          heads = [];
          if (turns === stated) return others;
        }
        heads.push([...state.variables]);
        if (heads.length > 4) heads.shift();
      }
      const before = states.length === 1 ? new Map(state.tally) : undefined;
      this.place = item;
      const results = states.map((s): Outcome[] => {
        const result = this.sequence(item.body, s);
        return typeof result === 'number' ? [{ ...s, target: result }] : result;
      });
      const outcomes = results.length === 1 ? results[0]! : this.join(results.flat());
      const again = outcomes.filter((o) => o.target === 0);
      const left = this.leave(
        outcomes.filter((o) => o.target !== 0),
        undefined,
        item.dead,
      ) as Outcome[];
      turns++;
      if (again.length === 0 || turns === stated) return this.join([...(others ?? []), ...left]);
      for (const o of again) for (const v of item.fresh ?? []) o.variables[v] = undefined;
      const [only] = again as [Outcome];
      const head = heads.at(-1);
      if (again.length === 1 && before && head && item.reads.every((v) => same(head[v], only.variables[v]))) {
        if (stated === undefined) this.fail(item, noProgress);
        // Every turn that is left goes as this one did.
        const turn = beyond(only.tally, before);
        for (const o of left) addAll(o.tally, turn, stated - turns);
        return this.join([...(others ?? []), ...left]);
      }
      others = this.join([...(others ?? []), ...left]);
      if (again.length > 1) {
        if (stated === undefined && again.every((o) => seen.has(this.keyAt(item, o))))
          this.fail(item, noProgress);
        for (const o of again) seen.add(this.keyAt(item, o));
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

  private keyAt = (item: LoopItem, { variables }: State): string =>
    item.reads.map((v) => keyOf(variables[v])).join();

  private statedFor(item: LoopItem): number | undefined {
    const { f } = this;
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
    const { steps, constant, f, block } = this;
    const { horizon } = this.at;
    const open = [...this.open];
    this.atOnce = true;
    try {
      const turns = turnsAtOnce(item, period, [first, second, state.variables], state.tally, (one) => {
        const { value, horizon } = this.apart(() => this.oneTurn(item, one));
        return { horizon, ...value };
      });
      if (turns) return turns;
    } catch (error) {
      // Turn by turn, more is known.
      if (error !== notAtOnce && !(error instanceof Unbounded)) throw error;
      Object.assign(this, { constant, f, block });
      this.at.horizon = horizon;
      for (const key of [...this.open]) if (!open.includes(key)) this.open.delete(key);
    } finally {
      this.atOnce = false;
    }
    this.steps = steps;
    return undefined;
  }

  private oneTurn(item: LoopItem, one: State): { again: Outcome[]; left: Outcome[] } {
    const value = this.sequence(item.body, one);
    const outcomes = typeof value === 'number' ? [{ ...one, target: value }] : value;
    const again = outcomes.filter((o) => o.target === 0);
    const rest = outcomes.filter((o) => o.target !== 0);
    return { again, left: this.leave(rest, undefined, item.dead) as Outcome[] };
  }

  /** Out of a construct: its own label is where control goes on. Outcomes are nobody else's, so they change in place. */
  private leave(
    result: number | Outcome[],
    state: State | undefined,
    dead: readonly number[] = [],
  ): number | Outcome[] {
    const outer = (t: number): number => (t === 0 ? FALL : t > 0 && t < RETURN ? t - 1 : t);
    const forget = (variables: Value[]): void => {
      for (const v of dead) variables[v] = undefined;
    };
    if (typeof result === 'number') {
      const target = outer(result);
      if (target === FALL && state) forget(state.variables);
      return target;
    }
    for (const o of result) {
      o.target = outer(o.target);
      if (o.target === FALL) forget(o.variables);
    }
    return this.join(result);
  }

  /** One outcome a target and place in tables: the dearest, and the variables that all agree on. */
  private join(outcomes: Outcome[]): Outcome[] {
    if (outcomes.length < 2) return outcomes;
    // Where it is unknown on one way, it is unknown.
    const apart =
      outcomes.length <= MOST_PLACES
        ? [...this.followed()].filter((v) => outcomes.every((o) => o.variables[v] !== undefined))
        : [];
    const joined = new Map<string, Outcome>();
    for (const o of outcomes) {
      const key = `${o.target} ${apart.map((v) => keyOf(o.variables[v])).join()}`;
      const other = joined.get(key);
      if (!other) {
        joined.set(key, o);
        continue;
      }
      other.tally = this.choices.larger(other.tally, o.tally);
      const { variables } = other;
      for (let i = 0; i < variables.length; i++)
        if (!same(variables[i], o.variables[i]))
          variables[i] = variables[i] === lost && o.variables[i] !== undefined ? lost : undefined;
    }
    return [...joined.values()];
  }
}

const none: ReadonlySet<number> = new Set();
const noProgress = 'how often it runs rests on data alone';

const copy = ({ variables, tally }: State): State => ({ variables: [...variables], tally: new Map(tally) });

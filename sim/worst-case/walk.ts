/**
 * Walks a call with known numbers where they are known and both ways where a condition rests on data: what it passes is tallied.
 * Calls with the same known arguments are walked once.
 */
import type { ModuleAnalysis } from '../wasm/index.ts';
import { possibleValues } from './expression.ts';
import { followed } from './followed.ts';
import { transferKey, Unbounded, type Knowledge } from './knowledge.ts';
import { Loops, noProgress, type Circumstance, type LoopSurroundings } from './loops.ts';
import {
  asOutcomes,
  copy,
  FALL,
  join,
  leaveEach,
  leaveOnce,
  RETURN,
  type Outcome,
  type State,
} from './outcomes.ts';
import type { Item, LoopItem } from './item.ts';
import { programOf, type Program } from './program.ts';
import { add, addAll, blockKey, Choices, type Tally } from './tally.ts';
import { MOST_WORK, workOf } from './work.ts';
import { formOperator, isForm, keyOf, lost, type Circumstances, type Value } from './value.ts';

/** Thrown while turns are taken at once, where that cannot be said for all of them. */
const notAtOnce = new Error('these turns go different ways');

export class Walk implements LoopSurroundings {
  constant = true;
  readonly forks = new Set<string>();
  readonly choices = new Choices();
  readonly longest = new Map<string, number>();
  private readonly analysis: ModuleAnalysis;
  private readonly programs: Map<number, Program>;
  private readonly followTables: boolean;
  private readonly tables = new Map<number, ReadonlySet<number>>();
  private readonly done = new Map<string, Circumstance & { tally: Tally }>();
  private readonly open = new Set<string>();
  private readonly loops: Loops;
  private readonly at: Circumstances;
  private work = 0;
  f = 0;
  private block = 0;
  /** The loop that was entered last. */
  private place: LoopItem | undefined;

  constructor(
    analysis: ModuleAnalysis,
    { readOnly = [], loopBounds = [] }: Knowledge,
    programs: Map<number, Program>,
    hits: Set<object>,
    followTables: boolean,
  ) {
    this.analysis = analysis;
    this.loops = new Loops(this, loopBounds);
    this.programs = programs;
    this.followTables = followTables;
    this.at = { readOnly, hits, horizon: Infinity };
  }

  call(f: number, args: readonly Value[]): Tally {
    const key = `${f}(${args.map(keyOf).join()})`;
    const known = this.done.get(key);
    if (known) {
      this.recall(known);
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
    const tally = asOutcomes(result, state)
      .map((e) => e.tally)
      .reduce(this.larger);
    this.f = caller;
    this.block = block;
    this.open.delete(key);
    this.done.set(key, { ...circumstances, tally });
    return tally;
  }

  /** Runs a part of the walk and says what held in it alone. */
  apart<T>(part: () => T): { value: T } & Circumstance {
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

  /** What held where a part was walked before holds again. */
  recall({ constant, horizon }: Circumstance): void {
    this.constant &&= constant;
    this.at.horizon = Math.min(this.at.horizon, horizon);
  }

  /** A part that may turn out not to be walked this way: undefined then, and as if nothing had been. */
  tentatively<T>(part: () => T | undefined): T | undefined {
    const { constant, f, block } = this;
    const { horizon } = this.at;
    const open = [...this.open];
    try {
      const found = part();
      if (found) return found;
    } catch (error) {
      // Turn by turn, more is known.
      if (error !== notAtOnce && !(error instanceof Unbounded)) throw error;
      Object.assign(this, { constant, f, block });
      this.at.horizon = horizon;
      for (const key of [...this.open]) if (!open.includes(key)) this.open.delete(key);
    }
    return undefined;
  }

  enter(loop: LoopItem): void {
    this.place = loop;
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

  fail(loop: LoopItem | undefined, reason: string, at = loop?.instruction ?? 0): never {
    const { name, wasm } = this.analysis.functions[this.f]!;
    const offset = wasm.body[at]?.offset ?? 0;
    throw new Unbounded({ function: name, loop: loop?.ordinal ?? -1, offset, reason });
  }

  /** Where control goes, with the state changed in place; or all the ways that are open, one of which may keep the state. */
  sequence(items: readonly Item[], state: State, from = 0): number | Outcome[] {
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
          return asOutcomes(this.sequence(items, o, i + 1), o);
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
        this.spend(workOf.pass);
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
        return this.loops.walk(item, state);
      case 'branchIf': {
        const known = this.decided(item.condition(state.variables, this.at));
        if (known !== undefined) return known ? item.depth : FALL;
        this.fork();
        return [
          { ...this.copy(state), target: item.depth },
          { ...state, target: FALL },
        ];
      }
      case 'table': {
        const known = item.condition(state.variables, this.at);
        if (known === lost || isForm(known)) throw notAtOnce;
        const last = item.depths.length - 1;
        if (typeof known === 'number') return item.depths[Math.min(known >>> 0, last)]!;
        this.fork();
        return [...new Set(item.depths)].map((target) => ({ target, ...this.copy(state) }));
      }
      case 'if': {
        const known = this.decided(item.condition(state.variables, this.at));
        if (known !== undefined)
          return this.leave(this.sequence(known ? item.body : item.otherwise, state), state, item.dead);
        this.fork();
        const arms = [this.copy(state), state].flatMap((own, arm) => {
          return asOutcomes(this.sequence(arm === 0 ? item.body : item.otherwise, own), own);
        });
        return this.leave(this.join(arms), state, item.dead);
      }
      case 'transfer': {
        const known = item.condition(state.variables, this.at);
        if (known === lost || isForm(known)) throw notAtOnce;
        if (typeof known !== 'number') this.constant = false;
        const bytes = typeof known === 'number' ? known >>> 0 : this.wholeMemory(item.at);
        const key = transferKey(this.f, item.at);
        this.longest.set(key, Math.max(bytes, this.longest.get(key) ?? 0));
        return FALL;
      }
      case 'call': {
        const args = item.arguments.map((a) => a(state.variables, this.at));
        const ways = item.callees.map((f) => this.call(f, args));
        if (ways.length > 1) this.fork();
        for (const way of ways) this.spend(workOf.call(way));
        if (ways.length > 0) addAll(state.tally, ways.reduce(this.larger));
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
          const own = this.copy(state);
          own.variables[item.variable] = v;
          return { ...own, target: FALL };
        });
      }
    }
    state.variables[item.variable] = value;
    return FALL;
  }

  /** No more moves than lies in a memory of one size. */
  private wholeMemory(at: number): number {
    const { memories, functions } = this.analysis.module;
    const grows = functions.some(({ body }) => body.some(({ name }) => name === 'memory.grow'));
    if (grows) this.fail(undefined, 'how much it copies rests on data alone, and its memory may grow', at);
    return memories[0]!.minimum * memories[0]!.pageBytes;
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

  private leave(result: number | Outcome[], state: State, dead?: readonly number[]): number | Outcome[] {
    return typeof result === 'number' ? leaveOnce(result, state, dead) : this.join(leaveEach(result, dead));
  }

  join(outcomes: Outcome[]): Outcome[] {
    this.spend(workOf.meeting * outcomes.length);
    return join(outcomes, this.followed(), this.larger);
  }

  private readonly larger = (a: Tally, b: Tally): Tally => {
    this.spend(workOf.choice(a, b));
    return this.choices.larger(a, b);
  };

  private copy(state: State): State {
    this.spend(workOf.copy(state));
    return copy(state);
  }

  /** What was tried in vain counts too, or it might never end. */
  spend(work: number): void {
    this.work += work;
    if (this.work > MOST_WORK) this.fail(this.place, noProgress);
  }
}

const none: ReadonlySet<number> = new Set();

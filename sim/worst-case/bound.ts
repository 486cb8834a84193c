/**
 * The most that a call can cost, whatever the data: the function is walked with known numbers for counters and constants,
 * and with both ways open where a condition rests on data. Where ways meet, the dearer one counts, and variables on which
 * they disagree become unknown. A loop ends when no way leads back; if one does and nothing that is known has changed, or
 * it takes too many steps, there is no bound to be found.
 *
 * This is a bound on executed operators and on the model's cycles, both arms taken at their dearest; not a proof about silicon.
 */
import type { ModuleAnalysis } from '../wasm/index.ts';
import { timesHeld, type CountedLoop, type RegularLoop } from './counted-loop.ts';
import type { Value } from './expression.ts';
import { programOf, type Item, type Program } from './program.ts';

export interface Bound {
  cycles: number;
  wasmOps: number;
  /** No branch rests on data: every call takes the same way. */
  constant: boolean;
}

/** Why there is none, and where: the byte offset in the module. */
export interface NoBound {
  function: string;
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

/** Passed blocks before the search is given up: kernels need up to a million. */
const MOST_STEPS = 2_000_000;
const FALL = -1;
const RETURN = 1_000_000;

type Loop = Item & { kind: 'loop' };

interface Cost {
  cycles: number;
  wasmOps: number;
}

interface Outcome extends Cost {
  target: number;
  variables: Value[];
}

/** Throws Unbounded where no bound can be found. Arguments that are undefined stand for any value. */
export function boundOf(
  analysis: ModuleAnalysis,
  costs: BlockCosts,
  entry: number,
  args: readonly Value[] = [],
): Bound {
  const walk = new Walk(analysis, costs);
  const cost = walk.call(entry, args);
  return { ...cost, constant: walk.constant };
}

class Walk {
  constant = true;
  private readonly analysis: ModuleAnalysis;
  private readonly costs: BlockCosts;
  private readonly programs = new Map<number, Program>();
  private readonly done = new Map<string, Cost & { constant: boolean }>();
  private readonly open = new Set<string>();
  private readonly loops = new Map<Loop, Map<string, { constant: boolean; outcomes: Outcome[] }>>();
  private steps = 0;
  private f = 0;
  /** The loop that was entered last. */
  private place = 0;

  constructor(analysis: ModuleAnalysis, costs: BlockCosts) {
    this.analysis = analysis;
    this.costs = costs;
  }

  call(f: number, args: readonly Value[]): Cost {
    const key = `${f}(${args.map(String).join()})`;
    const known = this.done.get(key);
    if (known) {
      if (!known.constant) this.constant = false;
      return known;
    }
    if (this.open.has(key)) this.fail(0, 'the function calls itself with the same known arguments');
    if (this.open.size > 2000) this.fail(0, 'calls nest too deeply');
    this.open.add(key);
    const caller = this.f;
    const constantBefore = this.constant;
    this.constant = true;
    this.f = f;
    const program = this.program(f);
    const variables: Value[] = Array.from({ length: program.variables }, (_, i) =>
      i < program.parameters ? args[i] : program.zero[i],
    );
    const cost: Cost = { cycles: 0, wasmOps: 0 };
    const result = this.sequence(program.body, variables, cost);
    const ends = typeof result === 'number' ? [cost] : result;
    const most = {
      cycles: Math.max(...ends.map((e) => e.cycles)),
      wasmOps: Math.max(...ends.map((e) => e.wasmOps)),
      constant: this.constant,
    };
    this.f = caller;
    this.constant &&= constantBefore;
    this.open.delete(key);
    this.done.set(key, most);
    return most;
  }

  private program(f: number): Program {
    let program = this.programs.get(f);
    if (!program) this.programs.set(f, (program = programOf(this.analysis, this.analysis.functions[f]!)));
    return program;
  }

  private fail(instruction: number, reason: string): never {
    const { name, wasm } = this.analysis.functions[this.f]!;
    throw new Unbounded({ function: name, offset: wasm.body[instruction]?.offset ?? 0, reason });
  }

  /** Where control goes, with variables and cost changed in place; or all the ways that are open. */
  private sequence(items: readonly Item[], start: Value[], from: Cost): number | Outcome[] {
    let variables = start;
    let cost = from;
    let others: Outcome[] | undefined;
    for (const item of items) {
      const result = this.item(item, variables, cost);
      if (typeof result === 'number') {
        if (result === FALL) continue;
        return others ? join([...others, { target: result, variables, ...cost }]) : result;
      }
      others = join([...(others ?? []), ...result.filter((o) => o.target !== FALL)]);
      const fall = result.find((o) => o.target === FALL);
      if (!fall) return others;
      variables = fall.variables;
      cost = { cycles: fall.cycles, wasmOps: fall.wasmOps };
    }
    return others ? join([...others, { target: FALL, variables, ...cost }]) : FALL;
  }

  private item(item: Item, variables: Value[], cost: Cost): number | Outcome[] {
    switch (item.kind) {
      case 'pass':
        cost.cycles += this.costs.cycles[this.f]![item.block]!;
        cost.wasmOps += this.costs.wasmOps[this.f]![item.block]!;
        if (++this.steps > MOST_STEPS) this.fail(this.place, noProgress);
        return FALL;
      case 'assign':
        variables[item.variable] = item.value(variables);
        return FALL;
      case 'branch':
        return item.depth;
      case 'return':
        return RETURN;
      case 'block':
        return leave(this.sequence(item.body, variables, cost));
      case 'loop':
        return this.remembered(item, variables, cost);
      case 'branchIf': {
        const known = item.condition(variables);
        if (known !== undefined) return known ? item.depth : FALL;
        this.constant = false;
        return [
          { target: item.depth, variables: [...variables], ...cost },
          { target: FALL, variables: [...variables], ...cost },
        ];
      }
      case 'table': {
        const known = item.condition(variables);
        const last = item.depths.length - 1;
        if (typeof known === 'number') return item.depths[Math.min(known >>> 0, last)]!;
        this.constant = false;
        return [...new Set(item.depths)].map((target) => ({ target, variables: [...variables], ...cost }));
      }
      case 'if': {
        const known = item.condition(variables);
        if (known !== undefined)
          return leave(this.sequence(known ? item.body : item.otherwise, variables, cost));
        this.constant = false;
        return leave(
          join([item.body, item.otherwise].flatMap((arm) => this.all(arm, [...variables], { ...cost }))),
        );
      }
      case 'call': {
        const args = item.arguments.map((a) => a(variables));
        const most = item.callees.map((f) => this.call(f, args));
        if (most.length > 1) this.constant = false;
        cost.cycles += Math.max(0, ...most.map((m) => m.cycles));
        cost.wasmOps += Math.max(0, ...most.map((m) => m.wasmOps));
        return FALL;
      }
    }
  }

  private all(items: readonly Item[], variables: Value[], cost: Cost): Outcome[] {
    const result = this.sequence(items, variables, cost);
    return typeof result === 'number' ? [{ target: result, variables, ...cost }] : result;
  }

  /** A loop that starts with the same numbers takes the same ways: an inner loop is walked once, not once a turn of the outer. */
  private remembered(item: Loop, variables: Value[], cost: Cost): Outcome[] {
    const { reads, writes } = item;
    let known = this.loops.get(item);
    if (!known) this.loops.set(item, (known = new Map()));
    const key = reads.map((v) => String(variables[v])).join();
    let ways = known.get(key);
    if (!ways) {
      const constantBefore = this.constant;
      this.constant = true;
      const zero = { cycles: 0, wasmOps: 0 };
      const start = [...variables];
      const result = this.loop(item, start, zero);
      const outcomes = typeof result === 'number' ? [{ target: result, variables: start, ...zero }] : result;
      ways = {
        constant: this.constant,
        outcomes: outcomes.map((o) => ({ ...o, variables: writes.map((v) => o.variables[v]) })),
      };
      this.constant = constantBefore;
      known.set(key, ways);
    }
    if (!ways.constant) this.constant = false;
    return ways.outcomes.map((o) => {
      const after = [...variables];
      writes.forEach((v, i) => (after[v] = o.variables[i]));
      return {
        target: o.target,
        variables: after,
        cycles: cost.cycles + o.cycles,
        wasmOps: cost.wasmOps + o.wasmOps,
      };
    });
  }

  private counted({ always, held }: CountedLoop, times: number, cost: Cost): number {
    const add = (blocks: readonly number[], n: number): void => {
      for (const b of blocks) {
        cost.cycles += n * this.costs.cycles[this.f]![b]!;
        cost.wasmOps += n * this.costs.wasmOps[this.f]![b]!;
      }
    };
    add(always, times + 1);
    add(held, times);
    return FALL;
  }

  /** One turn for all, if it comes to its end whichever way it goes. Changes variables and cost in place, or nothing. */
  private regular(loop: RegularLoop, start: Value[], cost: Cost): boolean {
    const after = [...start];
    const times = timesHeld(loop, after);
    if (times === undefined) return false;
    const one: Cost = { cycles: 0, wasmOps: 0 };
    const variables = [...start];
    const result = this.sequence(loop.turn, variables, one);
    const ways = typeof result === 'number' ? [{ target: result, variables, ...one }] : result;
    const [way] = ways;
    if (ways.length !== 1 || way!.target !== FALL) return false;
    const stepped = new Set(loop.steps.map(([v]) => v));
    way!.variables.forEach((v, i) => (start[i] = stepped.has(i) ? after[i] : v));
    cost.cycles += (times + 1) * way!.cycles;
    cost.wasmOps += (times + 1) * way!.wasmOps;
    return true;
  }

  private loop(item: Loop, start: Value[], from: Cost): number | Outcome[] {
    let variables = start;
    let cost = from;
    const times = item.counted && timesHeld(item.counted, start);
    if (times !== undefined) return this.counted(item.counted!, times, from);
    const even = item.regular && this.regular(item.regular, start, from);
    if (even) return FALL;
    let others: Outcome[] | undefined;
    for (;;) {
      const before = others ? [...variables] : undefined;
      this.place = item.instruction;
      const result = this.sequence(item.body, variables, cost);
      if (typeof result === 'number') {
        // A loop that is known to go on for ever runs into the limit of steps.
        if (result === 0) continue;
        const target = result > 0 && result < RETURN ? result - 1 : result;
        return others ? join([...others, { target, variables, ...cost }]) : target;
      }
      const again = result.find((o) => o.target === 0);
      const left = leave(result.filter((o) => o.target !== 0)) as Outcome[];
      others = join([...(others ?? []), ...left]);
      if (!again) return others;
      if (before && same(before, again.variables)) this.fail(item.instruction, noProgress);
      variables = again.variables;
      cost = { cycles: again.cycles, wasmOps: again.wasmOps };
    }
  }
}

const noProgress = 'how often it runs rests on data alone';

const same = (a: readonly Value[], b: readonly Value[]): boolean => a.every((v, i) => v === b[i]);

/** Out of a construct: its own label is where control goes on. Outcomes are nobody else's, so they change in place. */
function leave(result: number | Outcome[]): number | Outcome[] {
  const outer = (t: number): number => (t === 0 ? FALL : t > 0 && t < RETURN ? t - 1 : t);
  if (typeof result === 'number') return outer(result);
  for (const o of result) o.target = outer(o.target);
  return join(result);
}

/** One outcome a target: the dearest cost, and the variables that all agree on. */
function join(outcomes: readonly Outcome[]): Outcome[] {
  const joined: Outcome[] = [];
  for (const o of outcomes) {
    const other = joined.find(({ target }) => target === o.target);
    if (!other) {
      joined.push(o);
      continue;
    }
    other.cycles = Math.max(other.cycles, o.cycles);
    other.wasmOps = Math.max(other.wasmOps, o.wasmOps);
    const { variables } = other;
    for (let i = 0; i < variables.length; i++) if (variables[i] !== o.variables[i]) variables[i] = undefined;
  }
  return joined;
}

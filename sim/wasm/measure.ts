/** Runs an instrumented module in the host engine and turns its counters into exact block counts. */
import { callRefusals, simRefusals } from '../../common/refusals/index.ts';
import type { ModuleAnalysis } from './analysis.ts';
import type { CountedSites, Instrumented } from './instrument.ts';
import { countedAt, sumsAt, type Counted, type Site } from './operand-counters.ts';
import { choiceCounters, type Choice } from './choices.ts';
import { divisionCounters, type Division, type DivisionCounter, type DivisionSite } from './divisions.ts';
import { readCounters, type ConstantRead } from './constant-reads.ts';
import type { Scan } from './count-scans.ts';
import { transferCounters, type Transfer, type TransferSite } from './transfers.ts';

/** How often each block ran, by function index and block id. */
export interface BlockCounts {
  blocks: number[][];
  /** What its copies and fills of memory moved, in the order of the module; missing where nobody counted. */
  transfers?: Transfer[];
  /** What its divisions of 64 bits divided. */
  divisions?: Division[];
  /** How its choices fell. */
  choices?: Choice[];
  /** How often its loads read constants, where firmware does not know it. */
  reads?: ConstantRead[];
  /** How often blocks were read for their ends, by a runtime that keeps a table of them (count-scans.ts); missing for all others. */
  scans?: Scan[];
}

/** An instance of an instrumented module whose calls can be counted one by one. */
export interface Meter {
  instance: WebAssembly.Instance;
  /** Counts of the start function; none has run where the module has none. */
  start: BlockCounts;
  /**
   * Counts of what happens during the call; state of the instance stays. Refuses with ESC507 when it traps, with ESC427 when
   * the fuel of the instance is used up.
   */
  count(call: (instance: WebAssembly.Instance) => void): BlockCounts;
}

/** Refuses with ESC429 when the start function traps, with ESC430 and ESC431 what this engine cannot instantiate. */
export function openMeter(instrumented: Instrumented): Meter {
  const instance = instantiate(instrumented);
  const globals = Array.from(
    { length: instrumented.counters },
    (_, i) => instance.exports[`${instrumented.prefix}${i}`] as WebAssembly.Global,
  );
  const read = () => globals.map((g) => g.value as bigint);
  const fuel = instrumented.fuel ? (instance.exports[instrumented.fuel] as WebAssembly.Global) : undefined;
  const given = Number(fuel?.value ?? 0);
  const counted = (what: string, call: () => void, trapped: (message: string) => Error): BlockCounts => {
    const before = read();
    try {
      call();
    } catch (error) {
      if (fuel?.value === 0n) throw callRefusals.outOfFuel(what, given);
      const message = trapMessage(error);
      throw message === null ? error : trapped(message);
    }
    const counts = read().map((after, i) => Number(after - before[i]!));
    const blocks = instrumented.plans.map(({ firstCounter, plan }) =>
      plan.solve(counts.slice(firstCounter, firstCounter + plan.counted.length)),
    );
    const of = <S extends Site, Name extends string>(
      { sites, firstCounter }: CountedSites<S>,
      names: readonly Name[],
    ) => (sites.length > 0 ? countedAt(sites, names, counts.slice(firstCounter), blocks) : undefined);
    return withSites(
      blocks,
      of(instrumented.transfers, transferCounters),
      of(instrumented.divisions, divisionCounters),
      of(instrumented.choices, choiceCounters),
      readsOf(instrumented.reads.flatMap((family) => of(family, readCounters) ?? [])),
    );
  };
  const start = counted(
    'The start function',
    () => {
      if (instrumented.start) (instance.exports[instrumented.start] as () => void)();
    },
    (message) => callRefusals.trappedBeforeCall('The start function', message),
  );
  return {
    instance,
    start,
    count: (call) => counted('The call', () => call(instance), simRefusals.trapped),
  };
}

/** What a trap says; null for an error of another kind. */
function trapMessage(error: unknown): string | null {
  if (error instanceof WebAssembly.RuntimeError) return error.message;
  return error instanceof RangeError ? 'the call stack is exhausted' : null;
}

function instantiate(instrumented: Instrumented): WebAssembly.Instance {
  let module: WebAssembly.Module;
  try {
    module = compiled(instrumented);
  } catch (error) {
    // The module as it is was validated before: what fails now is the room for counters.
    if (error instanceof WebAssembly.CompileError || error instanceof RangeError)
      throw callRefusals.cannotCount(error.message);
    throw error;
  }
  try {
    return new WebAssembly.Instance(module, {});
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw callRefusals.cannotInstantiate(error.message.replace(/^WebAssembly\.Instance\(\): /, ''));
  }
}

/** Counts one call on a fresh instance. */
export const measure = (
  instrumented: Instrumented,
  call: (instance: WebAssembly.Instance) => void,
): BlockCounts => openMeter(instrumented).count(call);

const modules = new WeakMap<Instrumented, WebAssembly.Module>();

function compiled(instrumented: Instrumented): WebAssembly.Module {
  let module = modules.get(instrumented);
  if (!module) modules.set(instrumented, (module = new WebAssembly.Module(instrumented.bytes)));
  return module;
}

/** Executed operators, by function index. */
export const operatorsByFunction = (analysis: ModuleAnalysis, counts: BlockCounts): number[] =>
  analysis.functions.map((f, i) =>
    f.operators.reduce((sum, n, b) => sum + n * (counts.blocks[i]![b] ?? 0), 0),
  );

/** Executed operators by name. */
export function operatorCounts(analysis: ModuleAnalysis, counts: BlockCounts): Map<string, number> {
  const result = new Map<string, number>();
  analysis.functions.forEach((f, i) =>
    f.blocks.forEach((b) => {
      const times = counts.blocks[i]![b.id]!;
      if (times === 0) return;
      for (const { name } of f.wasm.body.slice(b.first, b.last))
        if (name !== 'block' && name !== 'loop' && name !== 'end' && name !== 'else')
          result.set(name, (result.get(name) ?? 0) + times);
    }),
  );
  return result;
}

/** The counts of `a` less those of `b`, for differences between two runs. */
export const subtract = (a: BlockCounts, b: BlockCounts): BlockCounts => combine([a, b], [1, -1]);

/** Adds counts up, e.g. of all windows of a recording. */
export const addCounts = (all: readonly BlockCounts[]): BlockCounts => combine(all);

function combine(all: readonly BlockCounts[], signs?: readonly number[]): BlockCounts {
  const sum = (of: (c: BlockCounts) => number) =>
    all.reduce((total, c, k) => total + (signs?.[k] ?? 1) * of(c), 0);
  const blocks = all[0]!.blocks.map((f, i) => f.map((_, j) => sum((c) => c.blocks[i]![j]!)));
  const sign = (k: number) => signs?.[k] ?? 1;
  const of = <S extends Site, Name extends string>(
    each: readonly (readonly Counted<S, Name>[] | undefined)[],
    names: readonly Name[],
  ) => (each.every((c) => c !== undefined) ? sumsAt(each, names, sign) : undefined);
  const first = all[0]!.scans;
  const scans =
    first && all.every((c) => c.scans)
      ? first.map((one, i) => ({ ...one, scans: sum((c) => c.scans![i]!.scans) }))
      : undefined;
  const sites = withSites(
    blocks,
    of<TransferSite, (typeof transferCounters)[number]>(
      all.map((c) => c.transfers),
      transferCounters,
    ),
    of<DivisionSite, DivisionCounter>(
      all.map((c) => c.divisions),
      divisionCounters,
    ),
    of<Site, (typeof choiceCounters)[number]>(
      all.map((c) => c.choices),
      choiceCounters,
    ),
    of<Site, (typeof readCounters)[number]>(
      all.map((c) => c.reads),
      readCounters,
    ),
  );
  return { ...sites, ...(scans && { scans }) };
}

const readsOf = (reads: ConstantRead[]): ConstantRead[] | undefined => (reads.length > 0 ? reads : undefined);

/** Without what has no sites. */
const withSites = (
  blocks: number[][],
  transfers: Transfer[] | undefined,
  divisions: Division[] | undefined,
  choices: Choice[] | undefined,
  reads: ConstantRead[] | undefined,
): BlockCounts => ({
  blocks,
  ...(transfers && { transfers }),
  ...(divisions && { divisions }),
  ...(choices && { choices }),
  ...(reads && { reads }),
});

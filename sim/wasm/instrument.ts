/**
 * Adds block counters to a module, byte by byte: the original instructions stay as they are.
 *
 * Only the blocks that flow.ts asks for are counted. A counter inside a loop is a local (a register in the host engine)
 * that is added to an exported i64 global when the function returns; a counter outside of loops is added to its global
 * directly. To pass every return through one place, a function with local counters is wrapped:
 *
 *     (func (locals ...) (block (result ...) original body) (flush counters))
 *
 * with `return` in the original body replaced by a branch to the end of that block. Branch depths do not change, since
 * the new block stands where the function's own label stood.
 *
 * Some instructions count what they are given (operand-counters.ts). With `fuel`, every function and every iteration of a loop takes one from a global and traps at zero, so that a call
 * that never ends is stopped after the same number of steps everywhere.
 */
import type { FunctionAnalysis, ModuleAnalysis } from './analysis.ts';
import { flowPlan, type FlowPlan } from './flow.ts';
import type { Instruction, ValueType } from './module.ts';
import { Reader } from '../../common/wasm/reader.ts';
import { appended, rewriteSections } from './sections.ts';
import type { Family, Site } from './operand-counters.ts';
import { choiceSites, chosen } from './choices.ts';
import { constantReads } from './constant-reads.ts';
import { divisions, type DivisionSite } from './divisions.ts';
import { transfers, type TransferSite } from './transfers.ts';
import { Writer } from './writer.ts';

export interface Instrumented {
  analysis: ModuleAnalysis;
  bytes: Uint8Array;
  /** Prefix of the exported counters; the number follows. */
  prefix: string;
  /** By function: first counter's number and the plan that turns counters into block counts. */
  plans: { firstCounter: number; plan: FlowPlan }[];
  counters: number;
  /** What copies and fills memory, and what divides 64 bits, each with the number of its first counter. */
  transfers: CountedSites<TransferSite>;
  divisions: CountedSites<DivisionSite>;
  choices: CountedSites<Site>;
  /** Loads that may read constants, by the type that they give. */
  reads: CountedSites<Site>[];
  /** The exported global that holds what is left of the fuel. */
  fuel?: string;
  /** The start function, exported instead of run by the engine, so that what it does can be counted and stopped. */
  start?: string;
}

/** Instructions of a family; their counters follow each other. */
export interface CountedSites<S extends Site> {
  sites: S[];
  firstCounter: number;
}

const valueCode: Record<ValueType, number> = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c };
const [typeSection, functionSection, globalSection, exportSection, startSection, codeSection] = [
  1, 3, 6, 7, 8, 10,
];
const [add, subtract] = [0x7c, 0x7d];
const [localGet, localSet, globalGet, globalSet] = [0x20, 0x21, 0x23, 0x24];
const one = [0x42, 1];

/** @param fuel Function entries and loop iterations before the module traps; without it there is no end and no cost. */
export function instrument(analysis: ModuleAnalysis, fuel?: bigint): Instrumented {
  const { module } = analysis;
  let counters = 0;
  const plans = analysis.functions.map((f) => {
    const plan = flowPlan(f.blocks, f.loops);
    const firstCounter = counters;
    counters += plan.counted.length;
    return { firstCounter, plan };
  });
  const counting: { site: Site; body: (firstGlobal: number) => Writer; type: () => number }[] = [];
  const newTypes: Writer[] = [];
  const addType = (body: Writer) => {
    newTypes.push(body);
    return module.types.length + newTypes.length - 1;
  };
  const addFamily = <S extends Site>(family: Family<S>): CountedSites<S> => {
    const sites = family.sites(analysis);
    const firstCounter = counters;
    let known = -1;
    const type = () => (known < 0 ? (known = addType(family.type())) : known);
    for (const site of sites) {
      const own = counters;
      counting.push({ site, type, body: (firstGlobal) => family.body(analysis, site, firstGlobal + own) });
      counters += family.names.length;
    }
    return { sites, firstCounter };
  };
  const moved = addFamily(transfers);
  const divided = addFamily(divisions);
  const reads = constantReads.map(addFamily);
  const choices = { sites: choiceSites(analysis), firstCounter: counters };
  counters += choices.sites.length;
  let prefix = '__count';
  while (module.exports.some((e) => e.name.startsWith(prefix))) prefix = `_${prefix}`;

  const firstGlobal = module.globals.length;
  const fuelGlobal = fuel === undefined ? undefined : firstGlobal + counters;
  const called = new Map(
    counting.map(({ site: { f, at } }, k) => [
      analysis.functions[f]!.wasm.body[at]!,
      module.functions.length + k,
    ]),
  );
  const bodies = analysis.functions.map((f, i) => {
    const { firstCounter, plan } = plans[i]!;
    return rewriteBody(analysis, f, {
      counted: plan.counted,
      firstGlobal: firstGlobal + firstCounter,
      fuelGlobal,
      called,
      choices: new Map(
        choices.sites.flatMap((site, k) =>
          site.f === i ? [[site.at, firstGlobal + choices.firstCounter + k] as const] : [],
        ),
      ),
      addType,
    });
  });
  const countingTypes = counting.map(({ type }) => type());
  const zero = new Writer().bytes([valueCode.i64, 1, 0x42, 0, 0x0b]);
  const numbered = Array.from({ length: counters }, (_, i) => `${prefix}${i}`);
  const exported = fuel === undefined ? numbered : [...numbered, `${prefix}_fuel`];
  const start = module.start === undefined ? undefined : `${prefix}_start`;

  const contents = new Map<number, Writer>();
  contents.set(typeSection, appended(analysis, typeSection, newTypes));
  contents.set(
    functionSection,
    appended(
      analysis,
      functionSection,
      countingTypes.map((type) => new Writer().u32(type)),
    ),
  );
  contents.set(
    globalSection,
    appended(analysis, globalSection, [
      ...numbered.map(() => zero),
      ...(fuel === undefined ? [] : [new Writer().bytes([valueCode.i64, 1, 0x42]).s64(fuel).bytes([0x0b])]),
    ]),
  );
  contents.set(
    exportSection,
    appended(analysis, exportSection, [
      ...exported.map((name, i) =>
        new Writer()
          .name(name)
          .bytes([3])
          .u32(firstGlobal + i),
      ),
      ...(start === undefined ? [] : [new Writer().name(start).bytes([0]).u32(module.start!)]),
    ]),
  );
  const code = new Writer().u32(bodies.length + counting.length);
  for (const body of [...bodies, ...counting.map((c) => c.body(firstGlobal))]) code.sized(body);
  contents.set(codeSection, code);

  const bytes = rewriteSections(analysis, contents, [startSection]);
  return {
    analysis,
    bytes,
    prefix,
    plans,
    counters,
    transfers: moved,
    divisions: divided,
    choices,
    reads,
    ...(fuel === undefined ? {} : { fuel: `${prefix}_fuel` }),
    ...(start === undefined ? {} : { start }),
  };
}

interface Additions {
  /** Blocks with counters; their globals follow firstGlobal. */
  counted: readonly number[];
  firstGlobal: number;
  fuelGlobal: number | undefined;
  /** Functions that are called instead of an instruction. */
  called: ReadonlyMap<Instruction, number>;
  /** Counters of choices, by position. */
  choices: ReadonlyMap<number, number>;
  addType: (type: Writer) => number;
}

function rewriteBody(
  analysis: ModuleAnalysis,
  f: FunctionAnalysis,
  { counted, firstGlobal, fuelGlobal, called, choices, addType }: Additions,
): Writer {
  const { bytes } = analysis;
  const { wasm } = f;
  const inLoop = counted.filter((id) => f.blocks[id]!.loop >= 0);
  const local = new Map(inLoop.map((id, i) => [id, wasm.locals.length + i]));
  const global = new Map(counted.map((id, i) => [id, firstGlobal + i]));
  const looping = new Set(f.blocks.flatMap((b) => (b.loop >= 0 ? range(b.first, b.last) : [])));
  /** Choices in loops, and their locals. */
  const often = new Map(
    [...choices.keys()]
      .filter((at) => looping.has(at))
      .map((at, i) => [at, wasm.locals.length + inLoop.length + i]),
  );
  const counters = inLoop.length + often.size;
  const spare = [...new Writer().u32(wasm.locals.length + counters).finish()];

  const out = new Writer();
  const declared = new Reader(bytes, wasm.bodyOffset, wasm.endOffset);
  const groups = declared.u32();
  const code = wasm.body[0]!.offset;
  const added = [
    { count: counters, type: valueCode.i64 },
    { count: choices.size > 0 ? 1 : 0, type: valueCode.i32 },
  ].filter(({ count }) => count > 0);
  out.u32(groups + added.length).bytes(bytes.subarray(declared.position, code));
  for (const { count, type } of added) out.u32(count).bytes([type]);

  const bump = (get: number, set: number, index: number) =>
    out.bytes([get]).u32(index).bytes(one).bytes([add, set]).u32(index);
  // fuel = fuel - 1; trap at zero
  const burn = (global: number) =>
    out
      .bytes([globalGet])
      .u32(global)
      .bytes([...one, subtract, globalSet])
      .u32(global)
      .bytes([globalGet])
      .u32(global)
      .bytes([0x50, 0x04, 0x40, 0x00, 0x0b]);
  const steps = new Set(fuelGlobal === undefined ? [] : [0, ...f.loops.map((l) => f.blocks[l.head]!.first)]);
  const wrapped = counters > 0;
  if (wrapped) out.bytes([0x02]).bytes(blockType(f, addType));
  const starts = new Map(counted.map((id) => [f.blocks[id]!.first, id]));
  let copied = code;
  let depth = 0;
  wasm.body.forEach((instruction, i) => {
    const id = starts.get(i);
    const replace = wrapped && instruction.name === 'return';
    const step = steps.has(i);
    const instead = called.get(instruction);
    const choice = choices.get(i);
    if (id !== undefined || replace || step || instead !== undefined || choice !== undefined) {
      out.bytes(bytes.subarray(copied, instruction.offset));
      copied = instruction.offset;
    }
    if (id !== undefined) {
      if (local.has(id)) bump(localGet, localSet, local.get(id)!);
      else bump(globalGet, globalSet, global.get(id)!);
    }
    if (step) burn(fuelGlobal!);
    if (choice !== undefined) {
      const own = often.get(i);
      const [get, set, index] =
        own === undefined ? [globalGet, globalSet, choice] : [localGet, localSet, own];
      out
        .bytes([...chosen(wasm.body[i - 1], spare), get])
        .u32(index)
        .bytes([add, set])
        .u32(index);
    }
    if (replace) {
      out.bytes([0x0c]).u32(depth);
      copied = instruction.end;
    }
    if (instead !== undefined) {
      out.bytes([0x10]).u32(instead);
      copied = instruction.end;
    }
    depth += nesting(instruction);
  });
  out.bytes(bytes.subarray(copied, wasm.endOffset));
  if (wrapped) {
    const flushed = [
      ...inLoop.map((id) => [local.get(id)!, global.get(id)!] as const),
      ...[...often].map(([at, own]) => [own, choices.get(at)!] as const),
    ];
    for (const [from, to] of flushed)
      out.bytes([globalGet]).u32(to).bytes([localGet]).u32(from).bytes([add, globalSet]).u32(to);
    out.bytes([0x0b]);
  }
  return out;
}

const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first }, (_, k) => first + k);

const nesting = ({ name }: Instruction) =>
  name === 'block' || name === 'loop' || name === 'if' ? 1 : name === 'end' ? -1 : 0;

/** Type of the wrapping block: what the function returns. */
function blockType(f: FunctionAnalysis, addType: (type: Writer) => number): Uint8Array {
  const { results } = f.wasm.type;
  if (results.length === 0) return Uint8Array.of(0x40);
  if (results.length === 1) return Uint8Array.of(valueCode[results[0]!]);
  const type = new Writer()
    .bytes([0x60, 0])
    .u32(results.length)
    .bytes(results.map((t) => valueCode[t]));
  // A type index is a signed LEB128: a leading 0 group keeps the sign bit clear.
  const index = addType(type);
  const encoded = new Writer().u32(index).finish();
  const last = encoded.length - 1;
  if ((encoded[last]! & 0x40) === 0) return encoded;
  encoded[last] = encoded[last]! | 0x80;
  return new Writer().bytes(encoded).bytes([0]).finish();
}

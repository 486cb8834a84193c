/**
 * Adds an interpreter's table of block ends (block-ends.ts) to a module: what is in it, as globals, and a count of how often each block was read because its end was not
 * there. An `if` looks its end up when it is entered. A `block` does so, too, but reads on only where a branch leaves it: whether it knew is kept in a local,
 * which is set where the block is left at its bottom.
 *
 *     block ...       (local.set k (end of this block is in the table))  block ...
 *     end             (local.set k 1) end (if (i32.eqz (local.get k)) (look up, and read where it is not there))
 */
import type { FunctionAnalysis, ModuleAnalysis } from './analysis.ts';
import { endSites, opens, type EndSite, type EndTable } from './block-ends.ts';
import { Reader } from '../../common/wasm/reader.ts';
import { appended, rewriteSections } from './sections.ts';
import type { Site } from './operand-counters.ts';
import { Writer } from './writer.ts';

/** How often a block was read for its end. */
export interface Scan extends Site {
  scans: number;
}

/** An instance with the table beside it. */
export interface ScanMeter {
  instance: WebAssembly.Instance;
  /** What is read during the call. */
  count(call: (instance: WebAssembly.Instance) => void): Scan[];
  /** What the table holds. */
  table(): number[];
  fill(table: readonly number[]): void;
}

const [typeSection, functionSection, globalSection, exportSection, codeSection] = [1, 3, 6, 7, 10];
const [i32, i64] = [0x7f, 0x7e];
const [eqz, equal, different, or] = [0x45, 0x46, 0x47, 0x72];
const [when, otherwise, end] = [[0x04, 0x40], 0x05, 0x0b];

const leb = (value: number): number[] => [...new Writer().u32(value).finish()];
const constant = (value: number): number[] => [0x41, ...new Writer().s64(BigInt(value)).finish()];

/** A module that counts; instances of it are opened with `openScanMeter`. */
export interface ScanCounting {
  module: WebAssembly.Module;
  sites: readonly EndSite[];
  prefix: string;
  /** Of the table, by place. */
  slots: number;
}

/** Null for a module that this engine has no room for with all that. */
export function countScans(analysis: ModuleAnalysis, ends: EndTable): ScanCounting | null {
  const { module } = analysis;
  const sites = endSites(analysis, ends);
  const own = analysis.functions.map(() => new Map<number, number>());
  sites.forEach(({ f, at }, k) => own[f]!.set(at, k));
  const slots = ends.places * ends.each;
  let prefix = '__scans_';
  while (module.exports.some((e) => e.name.startsWith(prefix))) prefix = `_${prefix}`;
  const firstSlot = module.globals.length;
  const firstCount = firstSlot + slots;
  const firstPut = module.functions.length;
  const firstScan = firstPut + ends.places;
  const placeOf = (start: number): number => start % ends.places;
  const slotsOf = (start: number): number[] =>
    Array.from({ length: ends.each }, (_, k) => firstSlot + placeOf(start) * ends.each + k);
  const holds = (slot: number, start: number): number[] => [0x23, ...leb(slot), ...constant(start)];
  const isThere = (site: number): number[] =>
    slotsOf(sites[site]!.start).flatMap((slot, k) => [
      ...[...holds(slot, sites[site]!.start), equal],
      ...(k > 0 ? [or] : []),
    ]);
  const lookUp = (site: number): number[] => {
    const { start } = sites[site]!;
    const all = slotsOf(start);
    return [
      ...all.flatMap((slot) => [...holds(slot, start), different, ...when]),
      ...[0x10, ...leb(firstScan + site)],
      ...all.map(() => end),
    ];
  };

  const contents = new Map<number, Writer>();
  const types = [new Writer().bytes([0x60, 1, i32, 0]), new Writer().bytes([0x60, 0, 0])];
  contents.set(typeSection, appended(analysis, typeSection, types));
  const put = Array.from({ length: ends.places }, () => new Writer().u32(module.types.length));
  const scan = sites.map(() => new Writer().u32(module.types.length + 1));
  contents.set(functionSection, appended(analysis, functionSection, [...put, ...scan]));
  const empty = Array.from({ length: slots }, () => new Writer().bytes([i32, 1, 0x41, 0, end]));
  const none = sites.map(() => new Writer().bytes([i64, 1, 0x42, 0, end]));
  contents.set(globalSection, appended(analysis, globalSection, [...empty, ...none]));
  contents.set(
    exportSection,
    appended(
      analysis,
      exportSection,
      [...empty, ...none].map((_, i) =>
        new Writer()
          .name(`${prefix}${i}`)
          .bytes([3])
          .u32(firstSlot + i),
      ),
    ),
  );
  const bodies = [
    ...analysis.functions.map((f, i) => looking(analysis, f, own[i]!, { isThere, lookUp })),
    ...put.map((_, place) => putBody(slotsOf(place))),
    ...sites.map(({ puts }, k) => {
      const count = leb(firstCount + k);
      return new Writer()
        .bytes([0, 0x23, ...count, 0x42, 1, 0x7c, 0x24, ...count])
        .bytes(puts.flatMap((start) => [...constant(start), 0x10, ...leb(firstPut + placeOf(start))]))
        .bytes([end]);
    }),
  ];
  const code = new Writer().u32(bodies.length);
  for (const body of bodies) code.sized(body);
  contents.set(codeSection, code);
  try {
    return { module: new WebAssembly.Module(rewriteSections(analysis, contents)), sites, prefix, slots };
  } catch (error) {
    if (error instanceof WebAssembly.CompileError || error instanceof RangeError) return null;
    throw error;
  }
}

/** Into the first slot that is empty; where none is, the others move on by one and the last is lost. */
function putBody(slots: readonly number[]): Writer {
  const out = new Writer().u32(0);
  const set = (slot: number, value: number[]) => out.bytes([...value, 0x24, ...leb(slot)]);
  for (const slot of slots) {
    out.bytes([0x23, ...leb(slot), eqz, ...when]);
    set(slot, [0x20, 0]);
    out.bytes([otherwise]);
  }
  slots.slice(1).forEach((_, k, rest) => {
    const to = rest.length - k;
    set(slots[to]!, [0x23, ...leb(slots[to - 1]!)]);
  });
  set(slots[0]!, [0x20, 0]);
  return out.bytes([...slots.map(() => end), end]);
}

interface Steps {
  isThere: (site: number) => number[];
  lookUp: (site: number) => number[];
}

/** A function's body that looks ends up. */
function looking(
  { bytes }: ModuleAnalysis,
  { wasm }: FunctionAnalysis,
  /** Its blocks whose ends are asked for, by position. */
  own: ReadonlyMap<number, number>,
  { isThere, lookUp }: Steps,
): Writer {
  const code = wasm.body[0]!.offset;
  const declared = new Reader(bytes, wasm.bodyOffset, wasm.endOffset);
  const groups = declared.u32();
  const parts = new Writer();
  let copied = code;
  const insert = (offset: number, added: readonly number[]) => {
    parts.bytes(bytes.subarray(copied, offset)).bytes(added);
    copied = offset;
  };
  /** Blocks that are open: what they are, and a local for each that a branch leaves. Blocks beside each other share theirs. */
  const open: { site: number | undefined; known: number }[] = [];
  let locals = 0;
  let used = 0;
  wasm.body.forEach((instruction, at) => {
    if (opens(instruction)) {
      const site = own.get(at);
      const leaves = site !== undefined && instruction.name === 'block';
      const known = leaves ? wasm.locals.length + used++ : -1;
      locals = Math.max(locals, used);
      open.push({ site, known });
      if (site === undefined) return;
      insert(instruction.offset, leaves ? [...isThere(site), 0x21, ...leb(known)] : lookUp(site));
    } else if (instruction.name === 'end') {
      const { site, known } = open.pop() ?? { site: undefined, known: -1 };
      if (site === undefined || known < 0) return;
      used--;
      insert(instruction.offset, [...constant(1), 0x21, ...leb(known)]);
      insert(instruction.end, [0x20, ...leb(known), eqz, ...when, ...lookUp(site), end]);
    }
  });
  insert(wasm.endOffset, []);
  const body = new Writer().u32(groups + (locals > 0 ? 1 : 0)).bytes(bytes.subarray(declared.position, code));
  if (locals > 0) body.u32(locals).bytes([i32]);
  return body.bytes(parts.finish());
}

/** Runs the module's start function; what that reads is not counted. */
export function openScanMeter({ module, sites, prefix, slots }: ScanCounting): ScanMeter {
  const instance = new WebAssembly.Instance(module);
  const global = (i: number) => instance.exports[`${prefix}${i}`] as WebAssembly.Global;
  const places = Array.from({ length: slots }, (_, i) => global(i));
  const counters = sites.map((_, i) => global(slots + i));
  const read = (): number[] => counters.map(({ value }) => Number(value));
  return {
    instance,
    count(call) {
      const before = read();
      call(instance);
      const after = read();
      return sites.map(({ f, at, block }, i) => ({ f, at, block, scans: after[i]! - before[i]! }));
    },
    table: () => places.map(({ value }) => Number(value)),
    fill: (table) => places.forEach((place, i) => (place.value = table[i]!)),
  };
}

/**
 * What a call reads that was made before, from the same memory: the table holds what it left in it. `prepare` is made on each instance first. Null where the call cannot be made
 * with that table.
 */
export function repeatedScans(
  analysis: ModuleAnalysis,
  ends: EndTable,
  prepare: (instance: WebAssembly.Instance) => void,
  call: (instance: WebAssembly.Instance) => void,
): Scan[] | null {
  const counting = countScans(analysis, ends);
  if (!counting) return null;
  try {
    const first = openScanMeter(counting);
    prepare(first.instance);
    first.count(call);
    const again = openScanMeter(counting);
    prepare(again.instance);
    again.fill(first.table());
    return again.count(call);
  } catch (error) {
    // The call has run in this engine before: what it refuses now is the room that the table takes.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

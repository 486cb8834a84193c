/**
 * Adds data caches to a module: every load and store first tells its address to a function that looks it up in a first and a second
 * level, both with least-recently-used replacement, and counts misses. Tags lie behind the module's own memory:
 *
 *     | memory of the module | level 1: set 0 way 0, way 1 ... | level 2 ... | last lines of 4 streams of misses |
 *
 * A tag is the line's number plus two (0 is empty, and no line follows it), the latest first in its set.
 */
import type { FunctionAnalysis, ModuleAnalysis } from './analysis.ts';
import type { ValueType } from './module.ts';
import { Reader } from '../../common/wasm/reader.ts';
import { appended, rewriteSections } from './sections.ts';
import { Writer } from './writer.ts';

export interface CacheLevel {
  bytes: number;
  ways: number;
}

export interface CacheGeometry {
  lineBytes: number;
  level1: CacheLevel;
  level2: CacheLevel;
}

export const missCounters = ['level1', 'sequential', 'level2'] as const;
/** Misses of level 1, those of them in a line behind a recent miss, and misses of level 2. */
export type CacheMisses = Record<(typeof missCounters)[number], number>;

export interface MissCounting {
  bytes: Uint8Array;
  read(instance: WebAssembly.Instance): CacheMisses;
  /** Empties the caches. */
  clear(instance: WebAssembly.Instance): void;
}

const pageBytes = 65536;
const streams = 4;
const code: Record<ValueType, number> = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c };
const [typeSection, functionSection, memorySection, globalSection, exportSection, codeSection] = [
  1, 3, 5, 6, 7, 10,
];
const access = /^([if](?:32|64))\.(load|store)/;

/** Null for a module without exported memory of its own, or that asks for or changes its size. */
export function countMisses(analysis: ModuleAnalysis, geometry: CacheGeometry): MissCounting | null {
  const { module } = analysis;
  const resizes = module.functions.some((f) => f.body.some((i) => /^memory\.(size|grow)$/.test(i.name)));
  const section = module.sections.find((s) => s.id === memorySection);
  const [memory] = module.memories;
  if (!section || !memory || memory.pageBytes !== pageBytes || resizes) return null;
  const { level1, level2, lineBytes } = geometry;
  const tagBytes = (l: CacheLevel) => (l.bytes / lineBytes) * 4;
  const first = memory.minimum * pageBytes;
  const second = first + tagBytes(level1);
  const third = second + tagBytes(level2);
  const extra = Math.ceil((third + streams * 4 - first) / pageBytes);
  const memoryName = module.exports.find((e) => e.kind === 'memory')?.name;
  if (memoryName === undefined) return null;
  let prefix = '__misses_';
  while (module.exports.some((e) => e.name.startsWith(prefix))) prefix = `_${prefix}`;
  const firstGlobal = module.globals.length;
  const touch = module.functions.length;

  const contents = new Map<number, Writer>();
  contents.set(typeSection, appended(analysis, typeSection, [new Writer().bytes([0x60, 1, 0x7f, 0])]));
  contents.set(functionSection, appended(analysis, functionSection, [new Writer().u32(module.types.length)]));
  contents.set(memorySection, grown(analysis, section.contents, extra));
  const counter = () => new Writer().bytes([code.i64, 1, 0x42, 0, 0x0b]);
  const next = new Writer().bytes([code.i32, 1, 0x41, 0, 0x0b]);
  contents.set(globalSection, appended(analysis, globalSection, [...missCounters.map(counter), next]));
  contents.set(
    exportSection,
    appended(
      analysis,
      exportSection,
      missCounters.map((name, i) =>
        new Writer()
          .name(prefix + name)
          .bytes([3])
          .u32(firstGlobal + i),
      ),
    ),
  );
  const bodies = [
    ...analysis.functions.map((f) => touching(analysis, f, touch)),
    touchBody(geometry, { first, second, third }, firstGlobal),
  ];
  const codes = new Writer().u32(bodies.length);
  for (const body of bodies) codes.sized(body);
  contents.set(codeSection, codes);
  return {
    bytes: rewriteSections(analysis, contents),
    read: ({ exports }) => {
      const value = (name: string) => Number((exports[prefix + name] as WebAssembly.Global).value);
      return { level1: value('level1'), sequential: value('sequential'), level2: value('level2') };
    },
    clear: ({ exports }) => new Uint8Array((exports[memoryName] as WebAssembly.Memory).buffer, first).fill(0),
  };
}

/** The memory's limits with pages added. */
function grown({ bytes }: ModuleAnalysis, at: number, extra: number): Writer {
  const r = new Reader(bytes, at, bytes.length);
  const count = r.u32();
  const flags = r.u32();
  const out = new Writer()
    .u32(count)
    .u32(flags)
    .u32(r.u32() + extra);
  return flags & 1 ? out.u32(r.u32() + extra) : out;
}

/** A function's body in which every access calls `touch` first. */
function touching({ bytes }: ModuleAnalysis, { wasm }: FunctionAnalysis, touch: number): Writer {
  const start = wasm.body[0]!.offset;
  const declared = new Reader(bytes, wasm.bodyOffset, wasm.endOffset);
  const groups = declared.u32();
  const types = ['i32', 'i32', 'i64', 'f32', 'f64'] as const;
  const spare = wasm.locals.length;
  const out = new Writer().u32(groups + types.length).bytes(bytes.subarray(declared.position, start));
  for (const type of types) out.bytes([1, code[type]]);
  let copied = start;
  for (const i of wasm.body) {
    const found = access.exec(i.name);
    if (!found) continue;
    out.bytes(bytes.subarray(copied, i.offset));
    copied = i.offset;
    const kept = spare + 1 + ['i32', 'i64', 'f32', 'f64'].indexOf(found[1]!);
    if (found[2] === 'store') out.bytes([0x21]).u32(kept);
    // The address stays on the stack; a copy of it plus the offset goes to touch.
    out.bytes([0x22]).u32(spare).bytes([0x20]).u32(spare);
    if (i.memoryOffset)
      out
        .bytes([0x41])
        .bytes(signed(i.memoryOffset | 0))
        .bytes([0x6a]);
    out.bytes([0x10]).u32(touch);
    if (found[2] === 'store') out.bytes([0x20]).u32(kept);
  }
  return out.bytes(bytes.subarray(copied, wasm.endOffset));
}

function signed(value: number): number[] {
  const out: number[] = [];
  for (let rest = value; ; rest >>= 7) {
    const low = rest & 0x7f;
    if ((rest >> 7 === 0 && !(low & 0x40)) || (rest >> 7 === -1 && low & 0x40)) return [...out, low];
    out.push(low | 0x80);
  }
}

interface Tables {
  first: number;
  second: number;
  third: number;
}

function touchBody({ lineBytes, level1, level2 }: CacheGeometry, at: Tables, firstGlobal: number): Writer {
  const [address, line, set, carried, tag, way] = [0, 0, 1, 2, 3, 4];
  const get = (x: number) => [0x20, x];
  const put = (x: number) => [0x21, x];
  const constant = (v: number) => [0x41, ...signed(v | 0)];
  const [i32add, i32and, i32mul, i32shr, i32eq, i32lt] = [0x6a, 0x71, 0x6c, 0x76, 0x46, 0x48];
  const [load, store] = [
    [0x28, 2, 0],
    [0x36, 2, 0],
  ];
  const count = (i: number) => {
    const g = [...new Writer().u32(firstGlobal + i).finish()];
    return [0x23, ...g, 0x42, 1, 0x7c, 0x24, ...g];
  };
  const place = (offset: number[]) => [...get(set), ...offset, i32add];
  const lookUp = (level: CacheLevel, base: number) => {
    const sets = level.bytes / lineBytes / level.ways;
    return [
      ...get(line),
      ...constant(sets - 1),
      i32and,
      ...constant(level.ways * 4),
      i32mul,
      ...constant(base),
      i32add,
      ...put(set),
      // the latest line of the set again
      ...get(set),
      ...load,
      ...get(line),
      i32eq,
      ...[0x04, 0x40, 0x0f, 0x0b],
      ...get(line),
      ...put(carried),
      ...constant(0),
      ...put(way),
      // move every tag one way on, until the line is found
      ...[0x03, 0x40],
      ...place(get(way)),
      ...load,
      ...put(tag),
      ...place(get(way)),
      ...get(carried),
      ...store,
      ...get(tag),
      ...get(line),
      i32eq,
      ...[0x04, 0x40, 0x0f, 0x0b],
      ...get(tag),
      ...put(carried),
      ...get(way),
      ...constant(4),
      i32add,
      ...[0x22, way],
      ...constant(level.ways * 4),
      i32lt,
      ...[0x0d, 0],
      0x0b,
    ];
  };
  const next = [...new Writer().u32(firstGlobal + missCounters.length).finish()];
  const stream = (offset: number[]) => [...constant(at.third), ...offset, i32add];
  const out = new Writer().bytes([1, 4, code.i32]);
  return out.bytes([
    ...get(address),
    ...constant(Math.log2(lineBytes)),
    i32shr,
    ...constant(2),
    i32add,
    ...put(line),
    ...lookUp(level1, at.first),
    ...count(0),
    // sequential: the line behind the last one of a stream
    ...constant(0),
    ...put(way),
    ...[0x02, 0x40, 0x03, 0x40],
    ...stream(get(way)),
    ...load,
    ...get(line),
    ...constant(-1),
    i32add,
    i32eq,
    ...[0x04, 0x40],
    ...stream(get(way)),
    ...get(line),
    ...store,
    ...count(1),
    ...[0x0c, 2],
    0x0b,
    ...get(way),
    ...constant(4),
    i32add,
    ...[0x22, way],
    ...constant(streams * 4),
    i32lt,
    ...[0x0d, 0],
    0x0b,
    ...stream([0x23, ...next]),
    ...get(line),
    ...store,
    ...[0x23, ...next],
    ...constant(4),
    i32add,
    ...constant(streams * 4 - 1),
    i32and,
    ...[0x24, ...next],
    0x0b,
    ...lookUp(level2, at.second),
    ...count(2),
    0x0b,
  ]);
}

/**
 * How often a load of firmware that was not proved reads a constant: those lie in flash, in an array of their own, and the code asks for them second (esc_any_read in
 * generator/firmware/c/src/wasm-rt.h).
 */
import type { ModuleAnalysis } from './analysis.ts';
import { sitesOf, type Counted, type Family, type Site } from './operand-counters.ts';
import { Writer } from './writer.ts';

/** Of a site: runs that read below the memory that the kernel writes. */
export const readCounters = ['constants'] as const;

export type ConstantRead = Counted<Site, (typeof readCounters)[number]>;

const types = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c } as const;
type LoadType = keyof typeof types;
const loadTypes = Object.keys(types) as LoadType[];

const sitesOfType = (analysis: ModuleAnalysis, type: LoadType): Site[] => {
  const { placed, functions } = analysis;
  if (!placed?.flash) return [];
  return sitesOf(analysis, ({ name }) => name.startsWith(`${type}.load`)).filter(
    ({ f, at }) => placed.kinds[functions[f]!.wasm.index]?.get(at) === 'any',
  );
};

/** One family a type that loads give. */
export const constantReads: readonly Family<Site>[] = loadTypes.map((type) => ({
  names: readCounters,
  sites: (analysis) => sitesOfType(analysis, type),
  type: () => new Writer().bytes([0x60, 1, types.i32, 1, types[type]]),
  body,
}));

const [get, i32, lessUnsigned, extend, add] = [0x20, 0x41, 0x49, 0xad, 0x7c];
const [globalGet, globalSet] = [0x23, 0x24];

/** counter += address < what lies so far below the first byte that is written; then the load as it stands in the module. */
function body({ bytes, functions, placed }: ModuleAnalysis, site: Site, first: number): Writer {
  const { offset, end, memoryOffset } = functions[site.f]!.wasm.body[site.at]!;
  const below = Math.max(0, placed!.ram.first - memoryOffset);
  return new Writer()
    .bytes([0, get, 0, i32])
    .s64(BigInt(below | 0))
    .bytes([lessUnsigned, extend, globalGet])
    .u32(first)
    .bytes([add, globalSet])
    .u32(first)
    .bytes([get, 0])
    .bytes(bytes.subarray(offset, end))
    .bytes([0x0b]);
}

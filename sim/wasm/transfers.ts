/** How much memory.copy, memory.fill and memory.init move. */
import type { ModuleAnalysis } from './analysis.ts';
import type { Instruction } from './module.ts';
import { sitesOf, type Counted, type Family, type Site } from './operand-counters.ts';
import { Writer } from './writer.ts';

export interface TransferSite extends Site {
  /** Writes one byte all over instead of copying. */
  fills: boolean;
}

/** Of a site: bytes; runs with an address that is not a multiple of 4; runs whose target begins inside the source, so that copying starts at the end. */
export const transferCounters = ['bytes', 'unaligned', 'overlapping'] as const;

/** What an instruction moved over all its runs. */
export type Transfer = Counted<TransferSite, (typeof transferCounters)[number]>;

const isTransfer = ({ name }: Instruction): boolean => /^memory\.(copy|fill|init)$/.test(name);

export const transferSites = (analysis: ModuleAnalysis): TransferSite[] => transfers.sites(analysis);

export const transfers: Family<TransferSite> = {
  names: transferCounters,
  sites: (analysis) =>
    sitesOf(analysis, isTransfer).map((site) => ({
      ...site,
      fills: analysis.functions[site.f]!.wasm.body[site.at]!.name === 'memory.fill',
    })),
  // three i32, no result
  type: () => new Writer().bytes([0x60, 3, 0x7f, 0x7f, 0x7f, 0]),
  body,
};

function body({ bytes, functions }: ModuleAnalysis, site: TransferSite, first: number): Writer {
  const { name, offset, end } = functions[site.f]!.wasm.body[site.at]!;
  const [to, from, length] = [0, 1, 2].map((local) => [0x20, local]) as [number[], number[], number[]];
  const [subtract, or, below, different] = [0x6b, 0x72, 0x49, 0x47];
  const out = new Writer().u32(0);
  const count = (counter: number, value: readonly number[]) =>
    out
      .bytes([0x23])
      .u32(first + counter)
      .bytes(value)
      .bytes([0xad, 0x7c, 0x24]) // i64.extend_i32_u, i64.add, global.set
      .u32(first + counter);
  count(0, length);
  const addresses = name === 'memory.fill' ? to : [...to, ...from, or];
  count(1, [...addresses, 0x41, 3, 0x71, 0x41, 0, different]); // & 3 != 0
  if (name === 'memory.copy')
    // to - from < length, and not the same place
    count(2, [...to, ...from, subtract, ...length, below, ...to, ...from, different, 0x71]);
  return out
    .bytes([...to, ...from, ...length])
    .bytes(bytes.subarray(offset, end))
    .bytes([0x0b]);
}

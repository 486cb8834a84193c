/**
 * How much memory.copy, memory.fill and memory.init move. Each of them becomes a call of a function of its own, added to the module, which counts what it is
 * asked for and then runs the instruction as it stands in the module.
 */
import type { ModuleAnalysis } from './analysis.ts';
import type { BasicBlock } from './blocks.ts';
import type { Instruction } from './module.ts';
import { Writer } from './writer.ts';

/** Where one of the instructions stands. */
export interface TransferSite {
  f: number;
  /** Position in the function's body. */
  at: number;
  /** Block that it belongs to. */
  block: number;
  /** Writes one byte all over instead of copying. */
  fills: boolean;
}

/** What an instruction moved over all its runs. */
export interface Transfer extends TransferSite {
  runs: number;
  bytes: number;
  /** Runs with an address that is not a multiple of 4. */
  unaligned: number;
  /** Runs whose target begins inside the source, so that copying starts at the end. */
  overlapping: number;
}

/** Counters of a site: bytes, unaligned runs, overlapping runs. */
export const countersPerSite = 3;

const isTransfer = ({ name }: Instruction): boolean => /^memory\.(copy|fill|init)$/.test(name);

export function transferSites({ functions }: ModuleAnalysis): TransferSite[] {
  return functions.flatMap(({ wasm, blocks }, f) =>
    wasm.body.flatMap((instruction, at) =>
      isTransfer(instruction)
        ? [{ f, at, block: blockOf(blocks, at), fills: instruction.name === 'memory.fill' }]
        : [],
    ),
  );
}

const blockOf = (blocks: readonly BasicBlock[], at: number): number =>
  blocks.find((b) => b.first <= at && at < b.last)!.id;

/** The transfers of counted blocks, from the counters of their sites. */
export const transfersOf = (
  sites: readonly TransferSite[],
  counters: readonly number[],
  blocks: readonly (readonly number[])[],
): Transfer[] =>
  sites.map((site, i) => {
    const [bytes, unaligned, overlapping] = counters.slice(countersPerSite * i) as [number, number, number];
    return { ...site, runs: blocks[site.f]![site.block]!, bytes, unaligned, overlapping };
  });

/** The type of the added functions: three i32, no result. */
export const transferType = (): Writer => new Writer().bytes([0x60, 3, 0x7f, 0x7f, 0x7f, 0]);

/** Body of the function that stands for an instruction; its counters are the globals from `first` on. */
export function transferBody(
  { bytes, functions }: ModuleAnalysis,
  site: TransferSite,
  first: number,
): Writer {
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

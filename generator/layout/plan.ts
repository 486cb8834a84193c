/**
 * The memory plan: an address for every block.
 *
 *      0  unused (null stays invalid)
 *     16  signature, 8 bytes             \
 *     24  constants                       |  data segment of the module
 *         (aligned to 8, host: 16)       /
 *         state   filters, window, templates: zeroed by reset()
 *         io      host reads and writes, never shared
 *         buffers shared by live range
 *   heapBase = dataEnd, aligned to 16: what WAMR shrinks the memory to
 *
 * Buffers are placed largest first at the lowest address that no buffer alive at the same time covers.
 * That is not optimal in general; it is exact for the chains and two-way branches of wearable models.
 */
import { bytesOf } from '../quantize/format.ts';
import type { Block, Program } from '../emit/program.ts';
import { liveRanges, type LiveRange } from './liveness.ts';

export const SIGNATURE_ADDRESS = 16;
export const FIRST_BLOCK = 24;
const ALIGNMENT = 8;
/** For the profile of computers: no vector of 16 bytes lies across two lines of a cache. */
const VECTOR_ALIGNMENT = 16;
export const PAGE_BYTES = 65536;

export interface Placement {
  block: Block;
  address: number;
  bytes: number;
  /** Stage numbers between which a buffer's content matters; absent for the other kinds. */
  live?: LiveRange;
}

export interface MemoryPlan {
  placements: ReadonlyMap<string, Placement>;
  constantEnd: number;
  stateStart: number;
  stateEnd: number;
  dataEnd: number;
  heapBase: number;
  pages: number;
  constantBytes: number;
  stateBytes: number;
  ioBytes: number;
  /** Bytes of the shared buffer area, and what the buffers would take without sharing. */
  bufferBytes: number;
  bufferBytesUnshared: number;
}

const align = (address: number, to: number): number => Math.ceil(address / to) * to;
const bytesIn = (block: Block): number => block.length * bytesOf[block.type];

export function planMemory(program: Program): MemoryPlan {
  const placements = new Map<string, Placement>();
  const unit = program.profile === 'host' ? VECTOR_ALIGNMENT : ALIGNMENT;
  let cursor = FIRST_BLOCK;
  const placeAll = (kind: Block['kind']): number => {
    const start = (cursor = align(cursor, unit));
    for (const block of program.blocks.filter((b) => b.kind === kind)) {
      const bytes = bytesIn(block);
      placements.set(block.name, { block, address: cursor, bytes });
      cursor = align(cursor + bytes, unit);
    }
    return start;
  };
  placeAll('constant');
  const constantEnd = cursor;
  const stateStart = placeAll('state');
  const stateEnd = cursor;
  placeAll('io');
  const ioEnd = cursor;
  const buffers = placeBuffers(program, ioEnd, unit);
  for (const placement of buffers) placements.set(placement.block.name, placement);
  const dataEnd = Math.max(ioEnd, ...buffers.map((p) => align(p.address + p.bytes, unit)));
  const heapBase = align(dataEnd, 16);
  return {
    placements,
    constantEnd,
    stateStart,
    stateEnd,
    dataEnd,
    heapBase,
    pages: Math.ceil(heapBase / PAGE_BYTES),
    constantBytes: constantEnd - SIGNATURE_ADDRESS,
    stateBytes: stateEnd - stateStart,
    ioBytes: ioEnd - stateEnd,
    bufferBytes: dataEnd - ioEnd,
    bufferBytesUnshared: buffers.reduce((total, p) => total + align(p.bytes, unit), 0),
  };
}

function placeBuffers(program: Program, start: number, unit: number): Placement[] {
  const ranges = liveRanges(program);
  const waiting = program.blocks
    .filter((b) => b.kind === 'buffer')
    .map((block) => ({ block, bytes: bytesIn(block), live: ranges.get(block.name) ?? { first: 0, last: 0 } }))
    .sort(
      (a, b) => b.bytes - a.bytes || a.live.first - b.live.first || (a.block.name < b.block.name ? -1 : 1),
    );
  const placed: (Placement & { live: LiveRange })[] = [];
  for (const item of waiting) {
    const rivals = placed
      .filter((p) => p.live.first <= item.live.last && item.live.first <= p.live.last)
      .sort((a, b) => a.address - b.address);
    let address = start;
    for (const rival of rivals) {
      if (address + item.bytes <= rival.address) break;
      address = Math.max(address, align(rival.address + rival.bytes, unit));
    }
    placed.push({ ...item, address });
  }
  return placed;
}

/** What the instructions of a run were given, as it was counted: means of one run; null where nobody counted. */
import { countsAt, type BlockCounts } from '../../wasm/index.ts';
import type { Chosen, TransferRun } from './ir.ts';
import { divisionRun, type DivisionRun } from './long-division.ts';

export function transferRun({ transfers }: BlockCounts, f: number, at: number): TransferRun | null {
  const counted = countsAt(transfers, f, at);
  if (!counted || counted.runs <= 0) return null;
  const { runs, bytes, unaligned, overlapping } = counted;
  return { bytes: bytes / runs, unaligned: unaligned / runs, overlapping: overlapping / runs };
}

export function chosen({ choices }: BlockCounts, f: number, at: number): Chosen | null {
  const counted = countsAt(choices, f, at);
  return counted && counted.runs > 0 ? { f, at, first: counted.first / counted.runs } : null;
}

/** The share of the runs that read what the kernel writes. */
export function readsMemory({ reads }: BlockCounts, f: number, at: number): Chosen {
  const counted = countsAt(reads, f, at);
  return { f, at, first: counted && counted.runs > 0 ? 1 - counted.constants / counted.runs : 1 };
}

export function countedDivision(
  { divisions }: BlockCounts,
  f: number,
  at: number,
  signed: boolean,
): DivisionRun | null {
  const counted = countsAt(divisions, f, at);
  return counted ? divisionRun(signed, counted) : null;
}

/** What a kernel ran, with what only some runtimes do beside it. */
import type { KernelProfile } from './profile.ts';
import { endTable, type Runtime } from './runtimes/index.ts';
import { addCounts, placesEnough, type BlockCounts } from './wasm/index.ts';

export interface KernelCounts {
  /** In the order of the profile's stages. */
  stages: BlockCounts[];
  push?: BlockCounts;
}

/** An interpreter that keeps ends of blocks is followed where they may not have the room. */
export function countsUnder(profile: KernelProfile, runtime: Runtime): KernelCounts {
  const { analysis, stages, push } = profile;
  const plain = { stages: stages.map(({ counts }) => counts), ...(push ? { push: push.counts } : {}) };
  const ends = endTable(runtime);
  if (!ends || placesEnough(analysis, allOf(plain), ends) === ends.places) return plain;
  const scans = profile.scans(ends);
  if (!scans) return plain;
  return {
    stages: plain.stages.map((counts, at) => ({ ...counts, scans: scans.stages[at]! })),
    ...(push ? { push: { ...push.counts, scans: scans.push } } : {}),
  };
}

/** Added up. */
export const allOf = ({ stages, push }: KernelCounts): BlockCounts =>
  addCounts([...stages, ...(push ? [push] : [])]);

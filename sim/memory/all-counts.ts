/** Counts of everything that a profile ran, added up. */
import type { KernelProfile } from '../profile.ts';
import { addCounts, type BlockCounts } from '../wasm/index.ts';

const known = new WeakMap<KernelProfile, BlockCounts>();

export function allCounts(profile: KernelProfile): BlockCounts {
  const done = known.get(profile);
  if (done) return done;
  const { stages, push } = profile;
  const counts = addCounts([...stages.map((s) => s.counts), ...(push ? [push.counts] : [])]);
  known.set(profile, counts);
  return counts;
}

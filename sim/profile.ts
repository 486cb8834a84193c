/**
 * Runs a kernel's own bytes on real frames and counts its basic blocks, stage by stage. The profile does not depend
 * on board or runtime: it is taken once and costed many times.
 */
import { createHash } from 'node:crypto';
import { kernelRefusals, simRefusals } from '../common/refusals/index.ts';
import { KernelInstance } from '../kernel/instance.ts';
import type { KernelManifest, ManifestStage } from '../kernel/manifest.ts';
import { analyse, instrument, openMeter, type BlockCounts, type ModuleAnalysis } from './wasm/index.ts';

export interface KernelProfile {
  manifest: KernelManifest;
  wasm: Uint8Array;
  analysis: ModuleAnalysis;
  /** Counts of one call of each stage that infer() runs, in order, over the last window of the recording. */
  stages: { stage: ManifestStage; counts: BlockCounts }[];
  /** Counts of one push(), averaged over the frames of the last hop; absent when the kernel has no sensors. */
  push?: { frames: number; counts: BlockCounts };
  /** Windows that were run before the counted one. */
  warmUpWindows: number;
}

/** How many windows a template is made of before a decision is counted; a decision's work does not depend on it. */
const ENROLMENT_WINDOWS = 3;

/** A distance is taken to every stored template, so all places are filled: the dearest decision. */
const enrolmentsOf = ({ decision }: KernelManifest): number =>
  decision.kind === 'template' ? decision.capacity : decision.kind === 'mvn' ? ENROLMENT_WINDOWS : 0;

/**
 * @param frames Raw counts at the kernel's rate, one array a frame. They are repeated where the recording is shorter
 *   than the windows needed; at least one full window must be there (ESC530).
 */
export function profileKernel(
  wasm: Uint8Array,
  manifest: KernelManifest,
  frames: readonly Int32Array[],
): KernelProfile {
  const hash = createHash('sha256').update(wasm).digest('hex');
  if (hash !== manifest.wasmSha256)
    throw kernelRefusals.wrongSignature(`sha256 ${hash.slice(0, 12)}`, manifest.wasmSha256.slice(0, 12));
  if (frames.length < manifest.steps)
    throw simRefusals.tooFewFrames(manifest.name, frames.length, manifest.steps);
  const analysis = analyse(wasm);
  const meter = openMeter(instrument(analysis));
  const kernel = new KernelInstance(meter.instance.exports, manifest);
  kernel.reset();
  const next = frameSource(frames);
  if (manifest.io.key) kernel.cells(manifest.io.key).fill(1 as never);
  const enrolments = enrolmentsOf(manifest);
  const warmUpWindows = Math.max(1, enrolments);
  for (let window = 0; window < warmUpWindows; window++) {
    while (!kernel.push(next()));
    kernel.infer();
    if (enrolments > 0) kernel.enrol();
  }
  let pushed = 0;
  const pushCounts = meter.count(() => {
    do pushed += 1;
    while (!kernel.push(next()));
  });
  // A rejection would make the next decision a short one.
  if (manifest.io.suspended) kernel.cells(manifest.io.suspended).fill(0 as never);
  const infer = manifest.entries.find((entry) => entry.export === 'infer');
  const stages = (infer?.stages ?? []).map((name) => {
    const stage = manifest.stages.find((s) => s.export === name)!;
    return { stage, counts: meter.count(() => kernel.call(name)) };
  });
  return { manifest, wasm, analysis, stages, push: { frames: pushed, counts: pushCounts }, warmUpWindows };
}

function frameSource(frames: readonly Int32Array[]): () => Int32Array {
  let at = 0;
  return () => frames[at++ % frames.length];
}

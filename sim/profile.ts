/**
 * Runs a kernel's own bytes on real frames and counts its basic blocks, stage by stage. The profile does not depend
 * on board or runtime: it is taken once and costed many times.
 */
import { createHash } from 'node:crypto';
import { kernelRefusals, simRefusals } from '../common/refusals/index.ts';
import { KernelInstance } from '../kernel/instance.ts';
import type { KernelManifest, ManifestStage } from '../kernel/manifest.ts';
import {
  analyse,
  countMisses,
  countScans,
  instrument,
  openMeter,
  openScanMeter,
  type BlockCounts,
  type CacheGeometry,
  type CacheMisses,
  type EndTable,
  type ModuleAnalysis,
  type PlacedAccesses,
  type Scan,
} from './wasm/index.ts';

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
  /**
   * What the stages miss in data caches, in the order of the stages, the caches being empty when the first begins: the same calls again, every
   * address looked up. Null where a module's addresses cannot be followed.
   */
  misses(caches: CacheGeometry): CacheMisses[] | null;
  /** What an interpreter with such a table reads again for ends of blocks: the same run again, beside the table. Null where this engine has no room for it. */
  scans(ends: EndTable): ProfileScans | null;
}

export interface ProfileScans {
  /** In the order of the stages. */
  stages: Scan[][];
  push: Scan[];
}

/** How many windows a template is made of before a decision is counted; a decision's work does not depend on it. */
const ENROLMENT_WINDOWS = 3;

/** A distance is taken to every stored template, so all places are filled: the dearest decision. */
const enrolmentsOf = ({ decision }: KernelManifest): number =>
  decision.kind === 'template' ? decision.capacity : decision.kind === 'mvn' ? ENROLMENT_WINDOWS : 0;

/**
 * @param frames Raw counts at the kernel's rate, one array a frame. They are repeated where the recording is shorter
 *   than the windows needed; at least one full window must be there (ESC530).
 * @param placed How firmware compiles the kernel's accesses, for runtimes that are compiled that way.
 */
export function profileKernel(
  wasm: Uint8Array,
  manifest: KernelManifest,
  frames: readonly Int32Array[],
  placed?: PlacedAccesses,
): KernelProfile {
  const hash = createHash('sha256').update(wasm).digest('hex');
  if (hash !== manifest.wasmSha256)
    throw kernelRefusals.wrongSignature(`sha256 ${hash.slice(0, 12)}`, manifest.wasmSha256.slice(0, 12));
  if (frames.length < manifest.steps)
    throw simRefusals.tooFewFrames(manifest.name, frames.length, manifest.steps);
  const analysis = { ...analyse(wasm), ...(placed ? { placed } : {}) };
  const meter = openMeter(instrument(analysis));
  let push: KernelProfile['push'];
  const stages: KernelProfile['stages'] = [];
  /** Memory when the first stage begins. */
  let before: Uint8Array | undefined;
  const warmUpWindows = runWindows(meter.instance, manifest, frames, {
    push: (call) => {
      let pushed = 0;
      const counts = meter.count(() => (pushed = call()));
      push = { frames: pushed, counts };
    },
    stage: (stage, call) => {
      before ??= memoryOf(meter.instance).slice();
      stages.push({ stage, counts: meter.count(call) });
    },
  });
  const known = new Map<string, CacheMisses[] | null>();
  const misses = (caches: CacheGeometry) => {
    const key = JSON.stringify(caches);
    if (!known.has(key)) known.set(key, before ? missesOf(analysis, before, stages, caches) : null);
    return known.get(key)!;
  };
  let scanned: { key: string; scans: ProfileScans | null } | undefined;
  const scans = (ends: EndTable) => {
    const key = JSON.stringify(ends);
    if (scanned?.key !== key) scanned = { key, scans: scansOf(analysis, manifest, frames, ends) };
    return scanned.scans;
  };
  return { manifest, wasm, analysis, stages, push: push!, warmUpWindows, misses, scans };
}

interface Observer {
  /** Takes in a whole window; answers with the number of frames. */
  push(call: () => number): void;
  stage(stage: ManifestStage, call: () => void): void;
}

/** Warm-up windows, one window of frames, then each stage of infer() once. Gives the number of warm-up windows. */
function runWindows(
  instance: WebAssembly.Instance,
  manifest: KernelManifest,
  frames: readonly Int32Array[],
  observer: Observer,
): number {
  const kernel = new KernelInstance(instance.exports, manifest);
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
  observer.push(() => {
    let pushed = 0;
    do pushed += 1;
    while (!kernel.push(next()));
    return pushed;
  });
  // A rejection would make the next decision a short one.
  if (manifest.io.suspended) kernel.cells(manifest.io.suspended).fill(0 as never);
  const infer = manifest.entries.find((entry) => entry.export === 'infer');
  for (const name of infer?.stages ?? [])
    observer.stage(
      manifest.stages.find((s) => s.export === name)!,
      () => kernel.call(name),
    );
  return warmUpWindows;
}

const memoryOf = ({ exports }: WebAssembly.Instance): Uint8Array =>
  new Uint8Array((exports.memory as WebAssembly.Memory).buffer);

function missesOf(
  analysis: ModuleAnalysis,
  memory: Uint8Array,
  stages: KernelProfile['stages'],
  caches: CacheGeometry,
): CacheMisses[] | null {
  const counting = countMisses(analysis, caches);
  // What a global keeps from one call to the next is not in the memory.
  if (!counting || analysis.module.globals.some((g) => g.mutable)) return null;
  const instance = new WebAssembly.Instance(new WebAssembly.Module(counting.bytes));
  memoryOf(instance).set(memory);
  let last = counting.read(instance);
  return stages.map(({ stage }) => {
    (instance.exports[stage.export] as () => void)();
    const [earlier, now] = [last, counting.read(instance)];
    last = now;
    return {
      level1: now.level1 - earlier.level1,
      sequential: now.sequential - earlier.sequential,
      level2: now.level2 - earlier.level2,
    };
  });
}

function scansOf(
  analysis: ModuleAnalysis,
  manifest: KernelManifest,
  frames: readonly Int32Array[],
  ends: EndTable,
): ProfileScans | null {
  const counting = countScans(analysis, ends);
  if (!counting) return null;
  const meter = openScanMeter(counting);
  const scans: ProfileScans = { stages: [], push: [] };
  runWindows(meter.instance, manifest, frames, {
    push: (call) => (scans.push = meter.count(call)),
    stage: (_, call) => scans.stages.push(meter.count(call)),
  });
  return scans;
}

function frameSource(frames: readonly Int32Array[]): () => Int32Array {
  let at = 0;
  return () => frames[at++ % frames.length];
}

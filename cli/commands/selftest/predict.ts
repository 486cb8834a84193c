/**
 * What the simulator says of the very windows that a self-test runs: the vectors go through the instrumented kernel in V8, and the
 * counted blocks through the compiled-code model, once without bounds checks and once with all of them. What the code
 * keeps of its checks decides how far between the two the prediction lies.
 */
import { scale, type Estimate } from '../../../common/estimate.ts';
import { hasFunction, sensors } from '../../../generator/firmware/kernel-features.ts';
import type { SelfTestTarget } from '../../../generator/firmware/selftest/toolchain.ts';
import type { FirmwareVectors } from '../../../generator/firmware/vectors.ts';
import { asGenerated, type BoundsChecks } from '../../../generator/firmware/wasm2c/access-plan.ts';
import { KernelInstance } from '../../../kernel/instance.ts';
import type { KernelManifest } from '../../../kernel/manifest.ts';
import { findCore } from '../../../sim/cores/index.ts';
import { findRuntime, type RuntimeId } from '../../../sim/runtimes/index.ts';
import { errorBand } from '../../../sim/timing/bands.ts';
import { compiledInstructions } from '../../../sim/timing/instructions.ts';
import { placedAccesses } from '../../placed-accesses.ts';
import { checkedShare } from './checked-share.ts';
import { addCounts, analyse, instrument, openMeter, type BlockCounts } from '../../../sim/wasm/index.ts';

export interface PredictedInstructions {
  core: string;
  /** Share of the memory accesses of an inference that keep a bounds check. */
  checkedShare: number;
  /** Instructions of one call, mean over the vectors. The band is the one that cycles carry. */
  inference: Estimate;
  push?: Estimate;
}

const cores: Record<SelfTestTarget, string> = { m4: 'cortex-m4', a7: 'cortex-a7' };

export function predictInstructions(
  kernel: { wasm: Uint8Array; manifest: KernelManifest },
  vectors: FirmwareVectors,
  target: SelfTestTarget,
  options: { weights: 'flash' | 'ram'; checks: BoundsChecks },
): PredictedInstructions {
  const core = findCore(cores[target]);
  const runtime = runtimeOf(options.checks);
  const rewritten = !asGenerated(options.checks);
  const placed = rewritten ? placedAccesses(kernel.wasm, kernel.manifest, options) : null;
  const analysis = { ...analyse(kernel.wasm), ...(placed && { placed }) };
  const { inference, push } = replay(kernel, vectors, openMeter(instrument(analysis)));
  const mean = (all: readonly BlockCounts[]): { instructions: Estimate; share: number } => {
    const counts = addCounts(all);
    const share = checkedShare({ analysis, manifest: kernel.manifest }, counts, options);
    const executed = compiledInstructions(analysis, counts, runtime === 'wasm2c', rewritten);
    return { instructions: scale(errorBand(core, findRuntime(runtime)).band, executed / all.length), share };
  };
  const { instructions, share } = mean(inference);
  return {
    core: core.id,
    checkedShare: share,
    inference: instructions,
    ...(push.length > 0 ? { push: mean(push).instructions } : {}),
  };
}

const runtimeOf = (checks: BoundsChecks): RuntimeId =>
  checks === 'generated'
    ? 'wasm2c'
    : checks === 'generated-unchecked'
      ? 'wasm2c-unchecked'
      : 'wasm2c-firmware';

/** The calls of a self-test, in the same order, each counted on its own. */
function replay(
  { manifest }: { manifest: KernelManifest },
  vectors: FirmwareVectors,
  meter: ReturnType<typeof openMeter>,
): { inference: BlockCounts[]; push: BlockCounts[] } {
  const kernel = new KernelInstance(meter.instance.exports, manifest);
  const inference: BlockCounts[] = [];
  const push: BlockCounts[] = [];
  const infer = () => {
    const window = vectors.windows[inference.length];
    inference.push(meter.count(() => kernel.infer()));
    if (window.enrolment !== 0 && hasFunction(manifest, 'enrol')) kernel.enrol();
  };
  kernel.reset();
  for (const frame of vectors.frames) {
    let ready = false;
    push.push(meter.count(() => (ready = kernel.push(frame))));
    if (ready) infer();
  }
  for (const { sensor, timeUs, counts } of vectors.samples)
    if (kernel.sample(sensor, timeUs, sensors(manifest)[sensor].first, counts) === 1) infer();
  for (const input of vectors.inputs) {
    kernel.cells(manifest.io.modelInput).set(input as never);
    infer();
  }
  return { inference, push };
}

/** What the commands do in common: open a pipeline, build a kernel, run it on recordings, verify it, simulate it. */
import type { Board } from '../boards/board.ts';
import { cliRefusals } from '../common/refusals/index.ts';
import { toolName } from '../common/tool.ts';
import { buildKernel, type BuildOptions, type BuiltKernel } from '../generator/build-kernel.ts';
import type { ModelChoice } from '../generator/choose-model.ts';
import { profiles, type Profile } from '../generator/emit/profile.ts';
import { readRecording } from '../generator/data/recording.ts';
import { requireWindow, toFrames } from '../generator/data/resample.ts';
import { loadPipeline, type LoadedPipeline } from '../generator/pipeline/load.ts';
import { verifyKernel } from '../generator/verify/verify-kernel.ts';
import type { VerifyResult } from '../generator/verify/verify.ts';
import { profileKernel, type KernelProfile } from '../sim/profile.ts';
import { findRuntime, isRewritten } from '../sim/runtimes/index.ts';
import type { AccuracySummary, SimulationResult } from '../sim/result.ts';
import { simulate } from '../sim/simulate.ts';
import { pipelinePath } from './options.ts';
import { placedAccesses } from './placed-accesses.ts';

export const openPipeline = (given: string): LoadedPipeline => loadPipeline(pipelinePath(given));

export const build = (
  loaded: LoadedPipeline,
  choice: ModelChoice,
  profile: Profile = 'aot',
  more: Pick<BuildOptions, 'debug' | 'recompute'> = {},
): Promise<BuiltKernel> => buildKernel(loaded, choice, { generator: toolName, profile, ...more });

/** The shape of code that suits a runtime. Throws ESC508. */
export const profileFor = (runtime: string): Profile =>
  findRuntime(runtime).kind === 'interpreter' ? 'interp' : 'aot';

/** A kernel in one shape of code, and what it executes. */
export interface ShapedKernel {
  built: BuiltKernel;
  profile: KernelProfile;
}

/** A kernel that has run on real windows, ready to be costed on any board and runtime. */
export interface ReadyKernel extends ShapedKernel {
  verified: VerifyResult | null;
  /** In every shape of code that was asked for; the kernel itself is the first of them. */
  shapes: ReadonlyMap<Profile, ShapedKernel>;
}

export interface Preparation {
  /** Runtimes that the kernel will be costed on: each gets code shaped for it. */
  runtimes: readonly string[];
  verify: boolean;
  /** As for `buildKernel`. */
  recompute?: boolean;
}

export async function prepare(
  loaded: LoadedPipeline,
  choice: ModelChoice,
  options: Preparation,
): Promise<ReadyKernel> {
  const wanted = new Set(options.runtimes.map(profileFor));
  const shapes = new Map<Profile, ShapedKernel>();
  for (const shape of profiles.filter((p) => wanted.has(p))) {
    const built = await build(loaded, choice, shape, { recompute: options.recompute });
    const profile = profileFrames(built, framesOf(loaded, choice.rateHz), options.runtimes);
    shapes.set(shape, { built, profile });
  }
  const [first] = shapes.values();
  const canVerify = options.verify && choice.trainedForRate && choice.model.evaluation !== undefined;
  // All shapes give the same bits, so one of them is verified.
  return { ...first!, shapes, verified: canVerify ? verifyKernel(loaded, first!.built) : null };
}

/** Runs a kernel over frames, with its proof where one of the runtimes is compiled by it. */
export function profileFrames(
  { wasm, manifest }: Pick<BuiltKernel, 'wasm' | 'manifest'>,
  frames: readonly Int32Array[],
  runtimes: readonly string[],
): KernelProfile {
  const rewritten = runtimes.some((id) => isRewritten(findRuntime(id)));
  return profileKernel(wasm, manifest, frames, rewritten ? placedAccesses(wasm, manifest) : undefined);
}

/** The pipeline's first recording as raw counts at a rate. Throws ESC607 when there is none. */
export function framesOf(loaded: LoadedPipeline, rateHz: number): Int32Array[] {
  const { recordings, channels, window, name } = loaded.pipeline;
  const first = recordings?.[0];
  if (!first) throw cliRefusals.noRecording(name);
  const recording = readRecording(
    loaded.resolve(first.file),
    channels.map((c) => c.name),
  );
  requireWindow(recording, window.seconds, rateHz);
  return toFrames(recording, channels, rateHz, first.resample);
}

export const simulateOn = (
  loaded: LoadedPipeline,
  { shapes, verified }: ReadyKernel,
  board: Board,
  runtime: string,
): SimulationResult =>
  simulate({
    profile: shapes.get(profileFor(runtime))!.profile,
    board,
    runtime,
    budgets: loaded.pipeline.budgets,
    accuracy: summary(verified),
    // With one shape alone, the advice is about that module.
    ...(shapes.size > 1
      ? { shapedFor: (other: string) => shapes.get(profileFor(other))?.profile ?? null }
      : {}),
  });

const summary = (result: VerifyResult | null): AccuracySummary | null =>
  result && {
    windows: result.windows,
    agreement: result.agreement,
    float: result.float,
    fixed: result.fixed,
  };

/** What the commands do in common: open a pipeline, build a kernel, run it on recordings, verify it, simulate it. */
import type { Board } from '../boards/board.ts';
import { cliRefusals } from '../common/refusals/index.ts';
import { toolName } from '../common/tool.ts';
import { buildKernel, type BuiltKernel } from '../generator/build-kernel.ts';
import type { ModelChoice } from '../generator/choose-model.ts';
import { readRecording } from '../generator/data/recording.ts';
import { requireWindow, toFrames } from '../generator/data/resample.ts';
import { loadPipeline, type LoadedPipeline } from '../generator/pipeline/load.ts';
import { verifyKernel } from '../generator/verify/verify-kernel.ts';
import type { VerifyResult } from '../generator/verify/verify.ts';
import { profileKernel, type KernelProfile } from '../sim/profile.ts';
import type { AccuracySummary, SimulationResult } from '../sim/result.ts';
import { simulate } from '../sim/simulate.ts';
import { pipelinePath } from './options.ts';

export const openPipeline = (given: string): LoadedPipeline => loadPipeline(pipelinePath(given));

export const build = (loaded: LoadedPipeline, choice: ModelChoice): Promise<BuiltKernel> =>
  buildKernel(loaded, choice, { generator: toolName });

/** A kernel that has run on real windows, ready to be costed on any board and runtime. */
export interface ReadyKernel {
  built: BuiltKernel;
  profile: KernelProfile;
  verified: VerifyResult | null;
}

export async function prepare(
  loaded: LoadedPipeline,
  choice: ModelChoice,
  options: { verify: boolean },
): Promise<ReadyKernel> {
  const built = await build(loaded, choice);
  const profile = profileKernel(built.wasm, built.manifest, framesOf(loaded, choice.rateHz));
  const canVerify = options.verify && choice.trainedForRate && choice.model.evaluation !== undefined;
  return { built, profile, verified: canVerify ? verifyKernel(loaded, built) : null };
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
  { profile, verified }: ReadyKernel,
  board: Board,
  runtime: string,
): SimulationResult =>
  simulate({ profile, board, runtime, budgets: loaded.pipeline.budgets, accuracy: summary(verified) });

const summary = (result: VerifyResult | null): AccuracySummary | null =>
  result && {
    windows: result.windows,
    agreement: result.agreement,
    float: result.float,
    fixed: result.fixed,
  };

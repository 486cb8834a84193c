/** Builds one kernel of a sweep, profiles it once, and costs it on every board and runtime: JSON lines of its configurations. */
import { loadBoard } from '../../boards/load.ts';
import { Refusal } from '../../common/refusals/index.ts';
import { loadNetwork } from '../../generator/build-kernel.ts';
import { chooseModel, type ModelChoice } from '../../generator/choose-model.ts';
import type { Profile } from '../../generator/emit/profile.ts';
import type { LoadedPipeline } from '../../generator/pipeline/load.ts';
import { uniformWidths } from '../../generator/quantize/widths.ts';
import { verifyKernel } from '../../generator/verify/verify-kernel.ts';
import { sweepColumns } from '../../report/sweep/columns.ts';
import {
  costedRow,
  jsonLine,
  refusedRow,
  type Configuration,
  type SweepRow,
} from '../../report/sweep/row.ts';
import type { KernelProfile } from '../../sim/profile.ts';
import type { AccuracySummary } from '../../sim/result.ts';
import { simulate } from '../../sim/simulate.ts';
import { build, framesOf, openPipeline, profileFor, profileFrames } from '../workbench.ts';
import type { KernelTask, WeightWidth } from './plan.ts';

/** Text of the rows, each line ended by a line feed. A refusal becomes rows; any other error is thrown. */
export async function costKernel(task: KernelTask): Promise<string> {
  const loaded = openPipeline(task.pipeline);
  const choice = chooseModel(loaded.pipeline, { model: task.family, rateHz: task.rateHz });
  const kernel = lazyKernel(loaded, choice, task);
  const rows: SweepRow[] = [];
  let index = task.firstIndex;
  for (const given of task.boards) {
    const board = loadBoard(given);
    for (const runtime of task.runtimes)
      for (const shape of task.shapes) {
        const profile = shape === 'fit' ? profileFor(runtime) : shape;
        const asked: Configuration = {
          index: index++,
          pipeline: loaded.pipeline.name,
          family: choice.family,
          model: choice.model.id,
          rateHz: choice.rateHz,
          board: board.id,
          runtime,
          profile,
          weights: task.width,
          trainedForRate: choice.trainedForRate,
        };
        const row = await refusalsAsRows(asked, async () => {
          const { budgets } = loaded.pipeline;
          const ran = await kernel.profile(profile);
          const accuracy = await kernel.accuracy();
          // Rows hold no advice.
          const shapedFor = () => null;
          return costedRow(asked, simulate({ profile: ran, board, runtime, budgets, accuracy, shapedFor }));
        });
        rows.push(row);
      }
  }
  return rows.map((row) => `${jsonLine(row, sweepColumns)}\n`).join('');
}

async function refusalsAsRows(asked: Configuration, work: () => Promise<SweepRow>): Promise<SweepRow> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) return refusedRow(asked, error.message);
    throw error;
  }
}

/** Builds, runs and verifies at most once a shape of code; what is refused once is refused again. */
function lazyKernel(
  loaded: LoadedPipeline,
  choice: ModelChoice,
  { accuracy: wanted, width, runtimes }: Pick<KernelTask, 'accuracy' | 'width' | 'runtimes'>,
) {
  let widened: Promise<ModelChoice> | undefined;
  const profiles = new Map<Profile, Promise<KernelProfile>>();
  const builds = new Map<Profile, ReturnType<typeof build>>();
  let verified: Promise<AccuracySummary | null> | undefined;
  const built = (shape: Profile) => {
    widened ??= withWidth(loaded, choice, width);
    const known = builds.get(shape) ?? widened.then((asked) => build(loaded, asked, shape));
    builds.set(shape, known);
    return known;
  };
  const run = async (shape: Profile): Promise<KernelProfile> => {
    return profileFrames(await built(shape), framesOf(loaded, choice.rateHz), runtimes);
  };
  const verify = async (): Promise<AccuracySummary | null> => {
    const [first] = builds.values();
    if (!wanted || !choice.trainedForRate || choice.model.evaluation === undefined) return null;
    const { windows, agreement, float, fixed } = verifyKernel(loaded, await first!);
    return { windows, agreement, float, fixed };
  };
  return {
    profile(shape: Profile): Promise<KernelProfile> {
      const known = profiles.get(shape) ?? run(shape);
      profiles.set(shape, known);
      return known;
    },
    /** Of the first shape that was built: all give the same bits. */
    accuracy: () => (verified ??= verify()),
  };
}

/** The choice with as many bits for every weight matrix. */
async function withWidth(
  loaded: LoadedPipeline,
  choice: ModelChoice,
  width: WeightWidth,
): Promise<ModelChoice> {
  if (width === 'own') return choice;
  const widths = uniformWidths(await loadNetwork(loaded, choice), Number(width) as 4 | 8 | 16);
  return { ...choice, model: { ...choice.model, widths } };
}

/** Simulates a pipeline over families, rates, boards and runtimes: what `compare` and `demo` show. */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Board } from '../boards/board.ts';
import { toolName } from '../common/tool.ts';
import { chooseModel, families } from '../generator/choose-model.ts';
import type { LoadedPipeline } from '../generator/pipeline/load.ts';
import { digestInput, fingerprint, type InputDigest } from '../report/json/fingerprint.ts';
import type { RunReport, SystemReport, VariantReport } from '../report/run-report.ts';
import { rateChoices } from '../sim/budget/rate-choice.ts';
import { compareKernel, type ComparedKernel, type KernelQuestion } from './compared-kernel.ts';
import type { Progress } from './progress.ts';
import { runPool } from './threads/pool.ts';

export interface Sweep {
  /** Families; default all. */
  families?: readonly string[];
  rates: readonly number[];
  boards: readonly Board[];
  runtimes: readonly string[];
}

export interface SweepResult {
  system: SystemReport;
  kernels: ComparedKernel[];
  inputs: InputDigest[];
}

export async function sweep(loaded: LoadedPipeline, plan: Sweep, progress: Progress): Promise<SweepResult> {
  const { pipeline, path } = loaded;
  const wanted = plan.families ?? families(pipeline);
  const { boards, runtimes } = plan;
  const questions = wanted.flatMap((family) =>
    plan.rates.map((rateHz): KernelQuestion => ({ pipeline: path, family, rateHz, boards, runtimes })),
  );
  const kernels = await compareKernels(loaded, questions, progress);
  const variants = wanted.map((family): VariantReport => {
    const own = kernels.filter((_, at) => questions[at]!.family === family);
    const results = own.flatMap((kernel) => kernel.results);
    return {
      id: family,
      title: family,
      parameters: own[0]!.parameters,
      results,
      kernels: own.map(({ summary }) => summary),
      rateChoices: rateChoices(results),
    };
  });
  const system = { name: pipeline.name, title: pipeline.title, rates: [...plan.rates], variants };
  return { system, kernels, inputs: inputsOf(loaded) };
}

/** Fewer kernels than this are done before threads have started. */
const WORTH_THREADS = 4;

/** In the order of the questions; many of them are shared among threads. */
async function compareKernels(
  loaded: LoadedPipeline,
  questions: readonly KernelQuestion[],
  progress: Progress,
): Promise<ComparedKernel[]> {
  const found: ComparedKernel[] = [];
  const begun = ({ family, rateHz }: KernelQuestion): void => {
    const { model } = chooseModel(loaded.pipeline, { model: family, rateHz });
    progress.step(`${loaded.pipeline.name}/${model.id} at ${rateHz} Hz`);
  };
  const jobs = availableParallelism();
  if (questions.length < WORTH_THREADS || jobs < 2)
    for (const question of questions) {
      begun(question);
      found.push(await compareKernel(loaded, question));
    }
  else {
    const done = (question: KernelQuestion, kernel: ComparedKernel) =>
      (found[questions.indexOf(question)] = kernel);
    // The longest first, so that none is left alone at the end.
    const longestFirst = questions.toSorted((a, b) => b.rateHz - a.rateHz);
    await runPool('cli/compared-kernel-worker.ts', longestFirst, jobs, { begun, done });
  }
  return found;
}

/** Digests of the files that the results rest on. */
function inputsOf({ pipeline, resolve }: LoadedPipeline): InputDigest[] {
  const files = [
    ...pipeline.models.flatMap((m) => [m.file, m.calibration.file]),
    ...(pipeline.recordings ?? []).map((r) => r.file),
  ];
  return [...new Set(files)].map((file) =>
    digestInput(`${pipeline.name}/${file}`, new Uint8Array(readFileSync(resolve(file)))),
  );
}

export function runReport(sweeps: readonly SweepResult[], boards: readonly Board[]): RunReport {
  const report = { tool: toolName, systems: sweeps.map((s) => s.system) };
  const boardInputs = boards.map((board) => digestInput(`board/${board.id}`, JSON.stringify(board)));
  const inputs = [...sweeps.flatMap((s) => s.inputs), ...boardInputs];
  return { ...report, fingerprint: fingerprint(report, inputs) };
}

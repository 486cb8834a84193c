/** Simulates a pipeline over families, rates, boards and runtimes: what `compare` and `demo` show. */
import { readFileSync } from 'node:fs';
import type { Board } from '../boards/board.ts';
import { toolName } from '../common/tool.ts';
import { chooseModel, families } from '../generator/choose-model.ts';
import { describeNetwork } from '../generator/graph/describe.ts';
import { profiles } from '../generator/emit/profile.ts';
import { planView } from '../generator/layout/view.ts';
import type { LoadedPipeline } from '../generator/pipeline/load.ts';
import { digestInput, fingerprint, type InputDigest } from '../report/json/fingerprint.ts';
import type { KernelSummary, RunReport, SystemReport, VariantReport } from '../report/run-report.ts';
import { rateChoices } from '../sim/budget/rate-choice.ts';
import type { Progress } from './progress.ts';
import { compileAhead } from './compile-ahead.ts';
import { prepare, profileFor, simulateOn, type ReadyKernel } from './workbench.ts';

export interface Sweep {
  /** Families; default all. */
  families?: readonly string[];
  rates: readonly number[];
  boards: readonly Board[];
  runtimes: readonly string[];
}

export interface SweepResult {
  system: SystemReport;
  kernels: ReadyKernel[];
  inputs: InputDigest[];
}

export async function sweep(loaded: LoadedPipeline, plan: Sweep, progress: Progress): Promise<SweepResult> {
  const { pipeline } = loaded;
  const wanted = plan.families ?? families(pipeline);
  const kernels: ReadyKernel[] = [];
  const variants: VariantReport[] = [];
  const shapes = profiles.filter((shape) => plan.runtimes.some((runtime) => profileFor(runtime) === shape));
  const endAhead = compileAhead({
    pipeline: loaded.path,
    kernels: wanted.flatMap((model) =>
      plan.rates.flatMap((rateHz) => shapes.map((profile) => ({ model, rateHz, profile }))),
    ),
  });
  try {
    for (const family of wanted) {
      const ready: ReadyKernel[] = [];
      for (const rateHz of plan.rates) {
        const choice = chooseModel(pipeline, { model: family, rateHz });
        progress.step(`${pipeline.name}/${choice.model.id} at ${rateHz} Hz`);
        ready.push(await prepare(loaded, choice, { runtimes: plan.runtimes, verify: true }));
      }
      kernels.push(...ready);
      variants.push(variantReport(loaded, family, ready, plan));
    }
  } finally {
    await endAhead();
  }
  const system = { name: pipeline.name, title: pipeline.title, rates: [...plan.rates], variants };
  return { system, kernels, inputs: inputsOf(loaded) };
}

function variantReport(
  loaded: LoadedPipeline,
  family: string,
  ready: readonly ReadyKernel[],
  plan: Sweep,
): VariantReport {
  const layers = describeNetwork(ready[0].built.network);
  const results = ready.flatMap((kernel) =>
    plan.boards.flatMap((board) =>
      plan.runtimes.map((runtime) => simulateOn(loaded, kernel, board, runtime)),
    ),
  );
  return {
    id: family,
    title: family,
    parameters: layers.reduce((total, layer) => total + layer.parameters, 0),
    results,
    kernels: ready.map(kernelSummary),
    rateChoices: rateChoices(results),
  };
}

const kernelSummary = ({ built }: ReadyKernel): KernelSummary => {
  const { choice, steps, manifest, wasm, plan, program, quantized } = built;
  return {
    rateHz: choice.rateHz,
    steps,
    trainedForRate: choice.trainedForRate,
    macs: manifest.macs,
    wasmBytes: wasm.length,
    constantBytes: manifest.memory.constantBytes,
    linearMemoryBytes: manifest.memory.heapBase,
    plan: planView(plan, program),
    proofs: program.stages.flatMap((stage) => stage.proofs),
    tableErrors: [...quantized.tableErrors],
  };
};

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

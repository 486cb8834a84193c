/** One kernel of a comparison: built in every shape that its runtimes want, verified, and costed on every board and runtime. */
import type { Board } from '../boards/board.ts';
import { chooseModel } from '../generator/choose-model.ts';
import { describeNetwork } from '../generator/graph/describe.ts';
import { planView } from '../generator/layout/view.ts';
import type { LoadedPipeline } from '../generator/pipeline/load.ts';
import type { KernelSummary } from '../report/run-report.ts';
import type { SimulationResult } from '../sim/result.ts';
import { kernelFiles } from './kernel-files.ts';
import { prepare, simulateOn, type ReadyKernel } from './workbench.ts';

export interface KernelQuestion {
  /** Pipeline file. */
  pipeline: string;
  family: string;
  rateHz: number;
  boards: readonly Board[];
  runtimes: readonly string[];
}

/** Data alone: it crosses between threads. */
export interface ComparedKernel {
  summary: KernelSummary;
  /** Of the network, as trained. */
  parameters: number;
  /** Board after board, each under every runtime. */
  results: SimulationResult[];
  /** Sources, modules and manifests of all shapes, below the folder that they are written to. */
  files: [path: string, content: string | Uint8Array][];
  /** Shapes of code. */
  shapes: number;
}

export async function compareKernel(
  loaded: LoadedPipeline,
  { family, rateHz, boards, runtimes }: KernelQuestion,
): Promise<ComparedKernel> {
  const choice = chooseModel(loaded.pipeline, { model: family, rateHz });
  const ready = await prepare(loaded, choice, { runtimes, verify: true });
  const shapes = [...ready.shapes.values()];
  return {
    summary: kernelSummary(ready),
    parameters: describeNetwork(ready.built.network).reduce((total, layer) => total + layer.parameters, 0),
    results: boards.flatMap((board) => runtimes.map((runtime) => simulateOn(loaded, ready, board, runtime))),
    files: shapes.flatMap(({ built }) => [...kernelFiles('', built)]),
    shapes: shapes.length,
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

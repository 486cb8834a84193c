/** Pipeline + chosen model -> kernel: the generator from end to end. */
import { readFile } from 'node:fs/promises';
import { compileKernel, type CompiledKernel } from './compile/compile-kernel.ts';
import type { ModelChoice } from './choose-model.ts';
import { kernelName } from './choose-model.ts';
import { readCalibration } from './data/calibration.ts';
import { fold } from './graph/fold.ts';
import type { Network } from './graph/network.ts';
import { toNetwork } from './graph/to-network.ts';
import { checkWeights } from './onnx/check-weights.ts';
import { parseOnnx } from './onnx/parse.ts';
import { buildProgram } from './pipeline/build-program.ts';
import type { LoadedPipeline } from './pipeline/load.ts';
import { samplesIn } from './pipeline/timing.ts';
import { quantizeNetwork, type QuantizedNetwork } from './quantize/quantize-network.ts';
import type { Program } from './emit/program.ts';

export interface BuiltKernel extends CompiledKernel {
  choice: ModelChoice;
  name: string;
  /** Samples in a window at the chosen rate. */
  steps: number;
  network: Network;
  quantized: QuantizedNetwork;
  program: Program;
}

export interface BuildOptions {
  generator: string;
  cacheFolder?: string;
}

/** Reads, folds and re-times the model of a choice. */
export async function loadNetwork(loaded: LoadedPipeline, choice: ModelChoice): Promise<Network> {
  const path = loaded.resolve(choice.model.file);
  const graph = fold(parseOnnx(new Uint8Array(await readFile(path)), choice.model.file));
  checkWeights(graph, choice.model.file);
  return toNetwork(graph, { steps: samplesIn(loaded.pipeline.window.seconds, choice.rateHz) });
}

export async function buildKernel(
  loaded: LoadedPipeline,
  choice: ModelChoice,
  options: BuildOptions,
): Promise<BuiltKernel> {
  const { pipeline } = loaded;
  const network = await loadNetwork(loaded, choice);
  const steps = samplesIn(pipeline.window.seconds, choice.rateHz);
  const { file, tensor } = choice.model.calibration;
  const calibration = readCalibration(loaded.resolve(file), tensor, {
    steps,
    channels: pipeline.channels.length,
  });
  const quantized = quantizeNetwork(network, calibration, { weightBits: 8, activationBits: 16 });
  const name = kernelName(pipeline, choice);
  const built = buildProgram({
    name,
    pipeline,
    variant: choice.model,
    rateHz: choice.rateHz,
    steps,
    quantized,
  });
  const kernel = await compileKernel(
    built.program,
    {
      rateHz: choice.rateHz,
      windowSeconds: pipeline.window.seconds,
      hopSeconds: pipeline.window.hopSeconds,
      steps,
      channels: pipeline.channels,
      trainedForRate: choice.trainedForRate,
      decision: built.decision,
      io: built.io,
    },
    options,
  );
  return { ...kernel, choice, name, steps, network, quantized, program: built.program };
}

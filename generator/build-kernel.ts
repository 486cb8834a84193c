/** Pipeline + chosen model -> kernel: the generator from end to end. */
import { readFile } from 'node:fs/promises';
import { kernelRefusals, pipelineRefusals } from '../common/refusals/index.ts';
import { compileKernel, type CompiledKernel } from './compile/compile-kernel.ts';
import type { ModelChoice } from './choose-model.ts';
import { kernelName } from './choose-model.ts';
import { joinContexts, sharpenScores } from './features/contexts.ts';
import { neighboursNetwork } from './features/neighbours-network.ts';
import { passThroughNetwork } from './features/pass-through.ts';
import { ownUnits, unitRange } from './features/model-input.ts';
import { fold } from './graph/fold.ts';
import type { Network } from './graph/network.ts';
import { retime } from './graph/retime.ts';
import { toNetwork } from './graph/to-network.ts';
import { checkWeights } from './onnx/check-weights.ts';
import { parseOnnx } from './onnx/parse.ts';
import { buildProgram } from './pipeline/build-program.ts';
import { calibrationWindows, takesFeatures } from './pipeline/calibration-windows.ts';
import { checkRates } from './pipeline/check.ts';
import type { LoadedPipeline } from './pipeline/load.ts';
import type { ModelVariant } from './pipeline/pipeline.ts';
import { samplesIn } from './pipeline/timing.ts';
import { quantizeNetwork, type QuantizedNetwork } from './quantize/quantize-network.ts';
import { streamPools } from './quantize/stream-pools.ts';
import type { Profile } from './emit/profile.ts';
import type { Program } from './emit/program.ts';

export interface BuiltKernel extends CompiledKernel {
  choice: ModelChoice;
  name: string;
  /** Samples in a window at the chosen rate. */
  steps: number;
  network: Network;
  /** Layer by layer; the program may have joined some of them. */
  quantized: QuantizedNetwork;
  program: Program;
}

export interface BuildOptions {
  generator: string;
  /** For whom the code is shaped; `aot` unless given. */
  profile?: Profile;
  /** Compute reverse states twice and keep few of them, for long windows. Throws ESC321 where nothing can be. */
  recompute?: boolean;
  /** As for `compileKernel`. */
  cacheFolder?: string | null;
  debug?: boolean;
}

/** Reads, folds and re-times the model of a choice. Throws ESC307 where its steps are not those of the window. */
export async function loadNetwork(loaded: LoadedPipeline, choice: ModelChoice): Promise<Network> {
  const path = loaded.resolve(choice.model.file);
  if (choice.model.passThrough) return passThroughNetwork(loaded.pipeline);
  if (choice.model.neighbours) return neighboursNetwork(path, choice.model.neighbours);
  const graph = fold(parseOnnx(new Uint8Array(await readFile(path)), choice.model.file));
  checkWeights(graph, choice.model.file);
  if (choice.model.perContext) return contextNetwork(loaded, choice.model.perContext, toNetwork(graph));
  // Features of a window are as many at every rate.
  if (takesFeatures(loaded.pipeline)) return toNetwork(graph);
  const { seconds } = loaded.pipeline.window;
  const trained = samplesIn(seconds, choice.model.rateHz);
  const network = toNetwork(graph);
  const { steps } = network.buffers[network.input]!;
  if (steps !== trained)
    throw kernelRefusals.windowMismatch(choice.model.file, steps, trained, seconds, choice.model.rateHz);
  return choice.trainedForRate ? network : retime(network, samplesIn(seconds, choice.rateHz));
}

/** The network of a choice whose model depends on the context. */
async function contextNetwork(
  loaded: LoadedPipeline,
  { features, files }: NonNullable<ModelVariant['perContext']>,
  context: Network,
): Promise<Network> {
  const models = await Promise.all(
    files.map(async (file) => {
      const graph = fold(parseOnnx(new Uint8Array(await readFile(loaded.resolve(file))), file));
      checkWeights(graph, file);
      return sharpenScores(toNetwork(graph));
    }),
  );
  const { features: read } = context.buffers[context.input]!;
  if (read !== features)
    throw pipelineRefusals.contextMismatch(context.name, `it reads ${read} features, not ${features}`);
  return joinContexts(context, models);
}

/** Calibrates and quantizes the network of a choice. */
function quantizeModel(
  loaded: LoadedPipeline,
  choice: ModelChoice,
  network: Network,
  profile: Profile,
): QuantizedNetwork {
  const { pipeline } = loaded;
  checkRates(pipeline, [choice.rateHz], (field) => `${pipeline.name}: ${field}`);
  const widths = { weightBits: 8, activationBits: 16, profile } as const;
  const calibration = calibrationWindows(loaded, choice, network);
  if (!takesFeatures(pipeline)) return quantizeNetwork(network, calibration, widths);
  const ranged = pipeline.preprocess.some((s) => s.step === 'minmax');
  const input = ranged ? unitRange(network, calibration) : ownUnits(network, calibration);
  const quantized = quantizeNetwork(input.network, input.calibration, {
    ...widths,
    inputScale: input.inputScale,
  });
  const { scales } = input;
  const blocks = quantized.blocks.map((b) =>
    b.name === quantized.inputBlock && scales ? { ...b, scales } : b,
  );
  return { ...quantized, blocks };
}

export async function buildKernel(
  loaded: LoadedPipeline,
  choice: ModelChoice,
  options: BuildOptions,
): Promise<BuiltKernel> {
  const { pipeline } = loaded;
  const { profile = 'aot' } = options;
  const network = await loadNetwork(loaded, choice);
  const steps = samplesIn(pipeline.window.seconds, choice.rateHz);
  const quantized = quantizeModel(loaded, choice, network, profile);
  const name = kernelName(pipeline, choice);
  const built = buildProgram({
    name,
    pipeline,
    variant: choice.model,
    rateHz: choice.rateHz,
    steps,
    quantized: streamPools(network, quantized, { recompute: options.recompute }),
  });
  const kernel = await compileKernel(
    { ...built.program, profile },
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

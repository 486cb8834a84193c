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
import type { Calibration } from './quantize/calibrate.ts';
import type { Widths } from './quantize/widths.ts';
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
  /** Bits of weight matrices, in place of those that the model has in the pipeline. */
  widths?: Widths;
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

/** What every shape of code of a choice is made from. */
interface Source {
  network: Network;
  calibration: Calibration;
}

const sources = new WeakMap<LoadedPipeline, Map<ModelVariant, Map<number, Promise<Source>>>>();

/** Read once for all shapes of code: the same objects each time, so that calibration runs once too. */
function sourceOf(loaded: LoadedPipeline, choice: ModelChoice): Promise<Source> {
  const { model, rateHz } = choice;
  const ofPipeline = sources.get(loaded) ?? new Map<ModelVariant, Map<number, Promise<Source>>>();
  const ofModel = ofPipeline.get(model) ?? new Map<number, Promise<Source>>();
  sources.set(loaded, ofPipeline.set(model, ofModel));
  const source =
    ofModel.get(rateHz) ??
    loadNetwork(loaded, choice).then((network) => ({
      network,
      calibration: calibrationWindows(loaded, choice, network),
    }));
  ofModel.set(rateHz, source);
  return source;
}

/** Calibrates and quantizes the network of a choice. */
function quantizeModel(
  { pipeline }: LoadedPipeline,
  { network, calibration }: Source,
  profile: Profile,
  chosen: Widths | undefined,
): QuantizedNetwork {
  const widths = { weightBits: 8, activationBits: 16, profile, widths: chosen } as const;
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
  checkRates(pipeline, [choice.rateHz], (field) => `${pipeline.name}: ${field}`);
  const source = await sourceOf(loaded, choice);
  const { network } = source;
  const steps = samplesIn(pipeline.window.seconds, choice.rateHz);
  const widths = options.widths ?? choice.model.widths;
  const quantized = quantizeModel(loaded, source, profile, widths);
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
      ...(widths ? { widths } : {}),
      decision: built.decision,
      io: built.io,
    },
    options,
  );
  return { ...kernel, choice, name, steps, network, quantized, program: built.program };
}

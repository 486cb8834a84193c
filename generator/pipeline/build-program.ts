/**
 * Pipeline + quantized model -> program: stages around the model, and the entries that the host calls.
 *
 *   push     signal_push                                   one frame in, 1 when a window is due
 *   sample   signal_sample                                 one sample with its timestamp in, for pipelines with timestamps
 *   prepare  signal_zscore, signal_scale or signal_features and what follows it      window -> model input
 *            signal_refuse where the pipeline judges the quality of the signal
 *   model    the model's stages
 *   decide   decision_argmax or decision_mvn               model output -> decision
 *   infer    prepare, model, decide
 *   enrol    decision_enrol                                only for decisions that learn
 */
import { pipelineRefusals } from '../../common/refusals/index.ts';
import type { ManifestDecision } from '../../kernel/manifest.ts';
import type { Block, Entry, Program, Stage } from '../emit/program.ts';
import { prepareFeatures } from '../features/prepare-features.ts';
import { columnsOf, sensorsOf } from '../features/sensors.ts';
import { CHOICE_BLOCK } from '../layers/select.ts';
import type { LoweredDecision } from '../stages/decision.ts';
import { filterFormat } from '../stages/filter-format.ts';
import { names, type StagePart } from '../stages/part.ts';
import { levelLimit, pushStage } from '../stages/push.ts';
import { qualityStage } from '../stages/quality.ts';
import { DIFFERENCE_LIMIT, RAW_LIMIT } from '../stages/raw-count.ts';
import { decisionOf } from '../stages/registry.ts';
import { fractionBits, sampleStages } from '../stages/sample-stage.ts';
import { scaleStage } from '../stages/scale-stage.ts';
import { zscoreStage } from '../stages/zscore-stage.ts';
import type { ModelVariant, Pipeline } from './pipeline.ts';
import { signalPath } from './signal-path.ts';
import { samplesIn } from './timing.ts';

export interface ProgramInput {
  /** e.g. "pulse/25hz" */
  name: string;
  pipeline: Pipeline;
  variant: Pick<ModelVariant, 'id' | 'threshold' | 'distance'>;
  rateHz: number;
  /** Samples in a window. */
  steps: number;
  quantized: QuantizedModel;
}

/** What a program needs of a quantized network. */
export interface QuantizedModel {
  blocks: readonly Block[];
  stages: readonly Stage[];
  /** Block that model() reads: i16 [steps][channels]. */
  inputBlock: string;
  /** Block that model() leaves. */
  outputBlock: string;
}

export interface BuiltProgram {
  program: Program;
  decision: ManifestDecision;
  io: {
    frame: string;
    time?: string;
    sensor?: string;
    modelInput: string;
    modelOutput: string;
    score?: string;
    retrain?: string;
    choice?: string;
    suspended?: string;
    key?: string;
  };
}

/** sqrt of the number of axes, at most 4. */
const MAGNITUDE_GROWTH = 2;

/** Throws ESC219, ESC225, ESC226 and ESC230 for pipelines that do not fit the model or the number formats. */
export function buildProgram(input: ProgramInput): BuiltProgram {
  const { quantized } = input;
  const { inputBlock, outputBlock } = quantized;
  const { push, count, sample, prepare } = signalStages(input);
  const decision = lowerDecision(input);
  const arrive = [push, ...(count && sample ? [count, sample] : [])];
  const parts: StagePart[] = [
    ...arrive,
    ...prepare,
    decision.decide,
    ...(decision.enrol ? [decision.enrol] : []),
  ];

  const model = quantized.stages.map((stage) => stage.name);
  const prepared = prepare.map((part) => part.stage.name);
  const decided = decision.decide.stage.name;
  const entries: Entry[] = [
    { name: 'push', stages: [...(count ? [count.stage.name] : []), push.stage.name] },
    ...(sample ? [{ name: 'sample' as const, stages: [sample.stage.name] }] : []),
    { name: 'prepare', stages: prepared },
    { name: 'model', stages: model },
    { name: 'decide', stages: [decided] },
    { name: 'infer', stages: [...prepared, ...model, decided] },
    ...(decision.enrol ? [{ name: 'enrol' as const, stages: [decision.enrol.stage.name] }] : []),
  ];
  return {
    program: {
      name: input.name,
      blocks: distinct([...parts.flatMap((part) => part.blocks), ...quantized.blocks]),
      // In the order of an inference: live ranges of buffers follow it.
      stages: distinct([
        ...arrive.map((part) => part.stage),
        ...prepare.map((part) => part.stage),
        ...quantized.stages,
        decision.decide.stage,
        ...(decision.enrol ? [decision.enrol.stage] : []),
      ]),
      entries,
    },
    decision: decision.manifest,
    io: {
      frame: names.frame,
      ...(sample ? { time: names.time, sensor: names.sensor } : {}),
      modelInput: inputBlock,
      modelOutput: outputBlock,
      ...(decision.score ? { score: decision.score } : {}),
      ...(decision.retrain ? { retrain: decision.retrain } : {}),
      ...(decision.suspended ? { suspended: decision.suspended } : {}),
      ...(decision.key ? { key: decision.key } : {}),
      ...(choiceOf(quantized) ? { choice: CHOICE_BLOCK } : {}),
    },
  };
}

interface SignalStages {
  push: StagePart;
  /** Where samples come with timestamps. */
  count?: StagePart;
  sample?: StagePart;
  prepare: StagePart[];
}

function signalStages(input: ProgramInput): SignalStages {
  const { name, pipeline, rateHz, steps, quantized } = input;
  const sensors = sensorsOf(pipeline.channels);
  const columns = columnsOf(pipeline);
  const channels = columns.flat().length;
  const model = blockOf(quantized, quantized.inputBlock);
  if (model.type !== 'i16') throw new Error(`the model of ${name} takes ${model.type}, not i16`);

  const path = signalPath(pipeline, rateHz);
  if (path.features) {
    const perColumn = path.features.length;
    if (model.length !== channels * perColumn)
      throw pipelineRefusals.featureMismatch(name, model.length, channels, perColumn);
  } else if (model.length !== steps * channels)
    throw pipelineRefusals.modelInputMismatch(name, model.length, steps, channels);
  const where = `${pipeline.name}: preprocess`;
  const filter =
    path.sections.length > 0
      ? filterFormat(path.sections, DIFFERENCE_LIMIT, `${where} at ${rateHz} Hz`)
      : undefined;
  const average = path.average ?? 1;
  const { timestamps } = pipeline;
  // The length of a vector of 30 bits takes 31.
  const widest = path.magnitude ? 2 ** 30 : path.features ? 2 ** 31 - 1 : 2 ** 30;
  const fraction = filter || !(timestamps || path.magnitude) ? 0 : fractionBits(average, widest);
  const unitOf = path.magnitude ? sensors.map(([first]) => path.gains[first]) : path.gains;
  const shared = {
    channels,
    steps,
    output: quantized.inputBlock,
    outputScale: scaleOf(quantized, quantized.inputBlock),
    windowScales: unitOf.map((gain) => gain * (filter?.scale ?? 2 ** -fraction)),
    windowLimit:
      (filter && path.keepsLevel ? levelLimit(filter) : filter?.outputLimit) ??
      RAW_LIMIT * average * 2 ** fraction * (path.magnitude ? MAGNITUDE_GROWTH : 1),
    where,
  };
  const push = pushStage({
    channels,
    steps,
    hop: samplesIn(pipeline.window.hopSeconds, rateHz),
    ...(filter ? { filter, ...(path.keepsLevel ? { keepsLevel: true } : {}) } : {}),
    ...(path.average ? { average: path.average } : {}),
    ...(timestamps ? { fraction } : {}),
    // Counts with timestamps have their fraction already.
    ...(path.magnitude ? { magnitude: { sensors, fraction: timestamps ? 0 : fraction } } : {}),
  });
  return {
    push,
    ...(timestamps ? sampleStages({ sensors, rateHz, fraction, ...timestamps }, push) : {}),
    prepare: [...prepareStages(), ...qualityStages()],
  };

  function prepareStages(): StagePart[] {
    if (path.features)
      return prepareFeatures({
        path,
        model,
        steps,
        rateHz,
        units: shared.windowScales,
        windowLimit: shared.windowLimit,
        sensors: columns,
      });
    if (path.zscore)
      return [zscoreStage({ ...shared, epsilon: path.zscore.epsilon, gainsAfter: path.gainsAfter })];
    return [scaleStage(shared)];
  }

  function qualityStages(): StagePart[] {
    if (!path.quality) return [];
    const step = filter?.scale ?? 2 ** -fraction;
    return [
      qualityStage({
        ...path.quality,
        channels,
        steps,
        units: path.quality.units.map((unit) => unit * step),
      }),
    ];
  }
}

function lowerDecision({ pipeline, variant, quantized }: ProgramInput): LoweredDecision {
  const { name, type, length } = blockOf(quantized, quantized.outputBlock);
  if (type !== 'i16' && type !== 'i32') throw new Error(`the model leaves ${type}, which no decision reads`);
  return decisionOf(pipeline.decision).lower(pipeline.decision, {
    variant,
    output: { block: name, type, length, scale: scaleOf(quantized, name) },
    ...(choiceOf(quantized) ? { choice: CHOICE_BLOCK } : {}),
    hopSeconds: pipeline.window.hopSeconds,
    where: `${pipeline.name}: decision`,
  });
}

const choiceOf = ({ blocks }: QuantizedModel): boolean => blocks.some((b) => b.name === CHOICE_BLOCK);

function blockOf(quantized: QuantizedModel, name: string): Block {
  const block = quantized.blocks.find((b) => b.name === name);
  if (!block) throw new Error(`the quantized model has no block ${name}`);
  return block;
}

function scaleOf(quantized: QuantizedModel, name: string): number {
  const { scale } = blockOf(quantized, name);
  if (scale === undefined) throw new Error(`block ${name} of the quantized model has no scale`);
  return scale;
}

function distinct<T extends { name: string }>(items: readonly T[]): T[] {
  const seen = new Set<string>();
  for (const { name } of items) {
    if (seen.has(name)) throw new Error(`two parts of a program are called ${name}`);
    seen.add(name);
  }
  return [...items];
}

/** The evaluation windows of a model variant, taken out of a tensor file and checked. */
import type { Evaluation } from '../pipeline/pipeline.ts';
import { pipelineRefusals } from '../../common/refusals/index.ts';
import type { Network } from '../graph/network.ts';
import { requireTensor, type SafeTensor } from '../data/safetensors.ts';

export interface IdentificationData {
  kind: 'identification';
  /** Model inputs, each [steps][channels] row-major. */
  windows: Float64Array[];
  labels: Float64Array;
  /** Outputs of the original framework (logits), one row a window. */
  floatOutputs: Float64Array[];
}

export interface VerificationData {
  kind: 'verification';
  enrol: LabelledWindows;
  test: LabelledWindows;
}

export interface LabelledWindows {
  windows: Float64Array[];
  users: Float64Array;
  floatOutputs: Float64Array[];
}

export interface OwnerData {
  kind: 'owner';
  windows: Float64Array[];
  genuine: boolean[];
  /** Float scores and the contexts in which they were made. */
  scores: Float64Array;
  contexts: Float64Array;
}

export type EvaluationData = IdentificationData | VerificationData | OwnerData;

/** What the model takes, `steps` rows of `features` values a window (features of a window are one row), and how many values it gives. */
export interface ModelSize {
  steps: number;
  features: number;
  outputs: number;
}

export function sizeOfModel({ buffers, input, output }: Network): ModelSize {
  const outputs = buffers[output]!;
  return { ...buffers[input]!, outputs: outputs.steps * outputs.features };
}

/**
 * Takes the named tensors. Refuses tensors that are missing, do not fit each other or the model, or hold values that
 * are not finite, labels outside the model's classes, tested users who never enrolled, and sets with fewer than two
 * people (ESC254, ESC280 to ESC284).
 */
export function evaluationData(
  tensors: ReadonlyMap<string, SafeTensor>,
  evaluation: Evaluation,
  model: ModelSize,
): EvaluationData {
  const source: Source = { tensors, file: evaluation.file, model };
  if (evaluation.kind === 'identification') {
    const {
      windows,
      users: labels,
      floatOutputs,
    } = labelled(source, {
      x: evaluation.x,
      users: evaluation.labels,
      output: evaluation.floatOutput,
    });
    const classes = floatOutputs[0].length;
    labels.forEach((label, i) => {
      if (!Number.isInteger(label) || label < 0 || label >= classes)
        throw pipelineRefusals.labelRange(source.file, evaluation.labels, i, label, classes);
    });
    requireTwoPeople(labels, source.file);
    return { kind: 'identification', windows, labels, floatOutputs };
  }
  if (evaluation.kind === 'owner') return ownerData(source, evaluation);
  const everyEnrol = labelled(source, {
    x: evaluation.xEnrol,
    users: evaluation.userEnrol,
    output: evaluation.floatOutputEnrol,
  });
  const everyTest = labelled(source, {
    x: evaluation.xTest,
    users: evaluation.userTest,
    output: evaluation.floatOutput,
  });
  const { split } = evaluation;
  const enrol = split ? partOf(source, everyEnrol, split, 1) : everyEnrol;
  const test = split ? partOf(source, everyTest, split, 0) : everyTest;
  for (const user of test.users)
    if (!enrol.users.includes(user)) throw pipelineRefusals.notEnrolled(source.file, user);
  requireTwoPeople(test.users, source.file);
  return { kind: 'verification', enrol, test };
}

function ownerData(source: Source, evaluation: Extract<Evaluation, { kind: 'owner' }>): OwnerData {
  const { x, genuine, floatOutput, floatContext } = evaluation;
  const names = { x, users: genuine, output: floatOutput };
  const { windows, users, floatOutputs } = labelled(source, names);
  const contexts = floatContext ? finite(source, floatContext).data : new Float64Array(windows.length);
  if (contexts.length !== windows.length)
    throw wrongShape(source, floatContext!, `${windows.length} windows, as in "${x}",`);
  if (new Set(users).size < 2)
    throw pipelineRefusals.nothingToCompare(source.file, 'its windows are all of the owner, or none is');
  return {
    kind: 'owner',
    windows,
    genuine: Array.from(users, (user) => user === 1),
    scores: Float64Array.from(floatOutputs, ([score]) => score!),
    contexts,
  };
}

interface Source {
  tensors: ReadonlyMap<string, SafeTensor>;
  file: string;
  model: ModelSize;
}

function labelled(source: Source, names: { x: string; users: string; output: string }): LabelledWindows {
  const { steps, features, outputs } = source.model;
  const windows = rows(source, names.x, [steps, features], `[windows, ${steps} steps, ${features} values]`);
  const floatOutputs = rows(source, names.output, [outputs, 1], `[windows, ${outputs} model outputs]`);
  const users = finite(source, names.users).data;
  const found = { [names.users]: users.length, [names.output]: floatOutputs.length };
  for (const [name, count] of Object.entries(found))
    if (count !== windows.length)
      throw wrongShape(source, name, `${windows.length} windows, as in "${names.x}",`);
  requireVariety(source, names.x, windows);
  requireVariety(source, names.output, floatOutputs);
  return { windows, users, floatOutputs };
}

/** Windows that are all the same, or a model that answers all of them alike, compare nothing. */
function requireVariety({ file }: Source, name: string, all: readonly Float64Array[]): void {
  const [first] = all;
  if (all.length > 1 && all.every((row) => row.every((value, k) => value === first![k])))
    throw pipelineRefusals.nothingToCompare(file, `every row of "${name}" is the same`);
}

/** The windows that a tensor of zeros and ones picks. */
function partOf(source: Source, every: LabelledWindows, name: string, wanted: 0 | 1): LabelledWindows {
  const { data } = finite(source, name);
  if (data.length !== every.windows.length)
    throw wrongShape(source, name, `one number for each of ${every.windows.length} windows`);
  const picked = <T>(_: T, i: number): boolean => data[i] === wanted;
  const part = {
    windows: every.windows.filter(picked),
    users: every.users.filter(picked),
    floatOutputs: every.floatOutputs.filter(picked),
  };
  if (part.windows.length === 0)
    throw pipelineRefusals.nothingToCompare(source.file, `tensor "${name}" has no ${wanted}`);
  return part;
}

/** One row a window; an axis of size 1 may be left out. */
function rows(
  source: Source,
  name: string,
  size: readonly [number, number],
  expected: string,
): Float64Array[] {
  const { shape, data } = finite(source, name);
  const trimmed = (axes: readonly number[]): string => axes.filter((n) => n !== 1).join(', ');
  const [count, ...axes] = shape;
  if (data.length === 0 || axes.length > 2 || trimmed(axes) !== trimmed(size))
    throw wrongShape(source, name, expected);
  const length = size[0] * size[1];
  return Array.from({ length: count! }, (_, i) => data.subarray(i * length, (i + 1) * length));
}

function wrongShape({ tensors, file }: Source, name: string, expected: string): Error {
  const { shape } = requireTensor(tensors, name, file);
  return pipelineRefusals.evaluationShape(file, name, shape.join(', '), expected);
}

function finite({ tensors, file }: Source, name: string): SafeTensor {
  const tensor = requireTensor(tensors, name, file);
  const bad = tensor.data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw pipelineRefusals.notFinite(file, name, bad, tensor.data[bad]);
  return tensor;
}

function requireTwoPeople(users: Float64Array, file: string): void {
  if (new Set(users).size < 2)
    throw pipelineRefusals.nothingToCompare(file, 'all its test windows are of one person');
}

/** The evaluation windows of a model variant, taken out of a tensor file and checked. */
import type { Evaluation } from '../pipeline/pipeline.ts';
import { pipelineRefusals } from '../../common/refusals/index.ts';
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

/** Numbers of values that the model takes and gives: a window is steps * channels values. */
export interface ModelSize {
  inputs: number;
  outputs: number;
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
  const enrol = labelled(source, {
    x: evaluation.xEnrol,
    users: evaluation.userEnrol,
    output: evaluation.floatOutputEnrol,
  });
  const test = labelled(source, {
    x: evaluation.xTest,
    users: evaluation.userTest,
    output: evaluation.floatOutput,
  });
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
  const windows = rows(source, names.x, source.model.inputs, 'model inputs');
  const floatOutputs = rows(source, names.output, source.model.outputs, 'model outputs');
  const users = finite(source, names.users).data;
  const found = { [names.users]: users.length, [names.output]: floatOutputs.length };
  for (const [name, count] of Object.entries(found))
    if (count !== windows.length)
      throw wrongShape(source, name, `${windows.length} windows, as in "${names.x}",`);
  return { windows, users, floatOutputs };
}

/** One row a window: the first axis, the others flattened. */
function rows(source: Source, name: string, length: number, what: string): Float64Array[] {
  const { shape, data } = finite(source, name);
  if (data.length === 0 || data.length !== shape[0] * length)
    throw wrongShape(source, name, `one window or more of ${length} ${what}`);
  return Array.from({ length: shape[0] }, (_, i) => data.subarray(i * length, (i + 1) * length));
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

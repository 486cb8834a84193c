/** Refusals ESC1xx: ONNX import, graph and operators. */
import { didYouMean } from '../nearest.ts';
import { type Refusal, define as defineRefusal } from './refusal.ts';

/**
 * As in refusal.ts, for texts that quote names out of a model file: control characters, which a damaged (or hostile) file
 * may hold, become question marks, and long names are cut.
 */
function define<Args extends unknown[]>(
  code: string,
  what: (...args: Args) => string,
  next: (...args: Args) => string,
): (...args: Args) => Refusal {
  const make = defineRefusal(code, what, next);
  return (...args) => make(...(args.map(printable) as Args));
}

function printable(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const clean = value.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, '?');
  return clean.length > 300 ? `${clean.slice(0, 300)}...` : clean;
}

const exportAgain = 'Export the model again with your framework';

// ESC101 to ESC119: reading the file.

export const notOnnx = define(
  'ESC101',
  (file: string, why: string) => `${file} is not a readable ONNX file: ${why}.`,
  () => `${exportAgain} and check that the copy is complete.`,
);

export const externalData = define(
  'ESC102',
  (file: string, tensor: string) => `${file}: tensor "${tensor}" keeps its data in another file.`,
  () => `${exportAgain}, with all weights inside the file (no external data).`,
);

export const elementType = define(
  'ESC103',
  (file: string, where: string, type: string) => `${file}: ${where} has the element type ${type}.`,
  () =>
    `${exportAgain} with float32, float64, float16, bool, string or 8- to 64-bit integers; quantization happens here.`,
);

export const badTensor = define(
  'ESC104',
  (file: string, tensor: string, why: string) => `${file}: tensor "${tensor}" is damaged: ${why}.`,
  () => `${exportAgain} and check that the copy is complete.`,
);

export const integerRange = define(
  'ESC105',
  (where: string, value: string) => `${where} holds the integer ${value}, which is beyond 2^53.`,
  () => 'Keep integers within 2^53.',
);

export const cycle = define(
  'ESC106',
  (file: string, node: string) => `${file}: node "${node}" depends on its own output.`,
  () => `${exportAgain}: an ONNX graph must have no cycles.`,
);

export const missingInput = define(
  'ESC107',
  (file: string, node: string, input: string) =>
    `${file}: node "${node}" reads "${input}", which nothing in the graph provides.`,
  () => `${exportAgain}: a node or an initializer is missing.`,
);

export const duplicateName = define(
  'ESC108',
  (file: string, name: string) => `${file}: the tensor name "${name}" is defined twice.`,
  () => `${exportAgain}: every tensor of an ONNX graph has one origin.`,
);

export const dynamicDimension = define(
  'ESC109',
  (file: string, input: string, axis: number, dimension: string) =>
    `${file}: input "${input}" has no fixed size in axis ${axis} (${dimension}).`,
  () => `${exportAgain} with a fixed length in this axis; only the batch axis may stay open.`,
);

export const inputKind = define(
  'ESC110',
  (file: string, input: string, kind: string) => `${file}: input "${input}" is ${kind}.`,
  () => `${exportAgain} with plain tensors of known rank as inputs.`,
);

export const nonFiniteWeight = define(
  'ESC111',
  (file: string, initializer: string, index: number, value: number) =>
    `${file}: weight "${initializer}" is ${value} at index ${index}.`,
  () => 'Train again or repair the checkpoint: every weight must be a finite number.',
);

export const attributeKind = define(
  'ESC112',
  (file: string, node: string, attribute: string, kind: string) =>
    `${file}: attribute "${attribute}" of node "${node}" is ${kind}.`,
  () => `${exportAgain}: this kind of attribute is not supported.`,
);

export const operatorSet = define(
  'ESC113',
  (file: string, domain: string, version: string, newest: number) =>
    `${file}: operator set ${domain} has version ${version}; versions 1 to ${newest} are known.`,
  (_file, _domain, _version, newest) => `${exportAgain} with opset ${newest} or lower.`,
);

// ESC120 to ESC139: the meaning of operators.

export const unknownOperator = define(
  'ESC120',
  (node: string, op: string) => `Node "${node}": operator ${op} is not supported.`,
  () => 'Replace it by supported operators (docs/coverage.md lists them) or move it out of the model.',
);

export const unsupported = define(
  'ESC121',
  (node: string, op: string, why: string) => `Node "${node}" (${op}): ${why}.`,
  () => 'Rewrite this part of the model without it and export again.',
);

export const invalidNode = define(
  'ESC122',
  (node: string, op: string, why: string) => `Node "${node}" (${op}) breaks the ONNX specification: ${why}.`,
  () => `${exportAgain}, or check the model with onnx.checker.`,
);

export const tooLarge = define(
  'ESC123',
  (where: string, shape: string) => `${where} would make a tensor of shape ${shape}.`,
  () => 'Shorten the window or shrink the layer: no tensor may hold more than 2^24 values.',
);

export const inputMismatch = define(
  'ESC124',
  (input: string, expected: string, found: string) =>
    `Model input "${input}" must be ${expected}, but is ${found}.`,
  () => 'Feed one tensor of that type and shape for each model input.',
);

export const dataDependentShape = define(
  'ESC125',
  (node: string, op: string) =>
    `Node "${node}" (${op}): the shape of its output depends on data, not on constants.`,
  () => 'Export again with fixed shapes; shape inputs must be constants.',
);

// ESC140 to ESC159: from the graph to the network.

export const networkNode = define(
  'ESC140',
  (node: string, op: string, why: string) => `Node "${node}" (${op}) cannot become a kernel layer: ${why}.`,
  () => 'Express it with dense, LSTM, GRU, RNN, attention pooling, softmax, tanh, sigmoid or relu layers.',
);

export const initialState = define(
  'ESC141',
  (node: string, op: string) =>
    `Node "${node}" (${op}) starts from an initial state that the model computes.`,
  () => 'Export the model with a constant initial state, or with none.',
);

export const modelInputs = define(
  'ESC142',
  (file: string, count: number, names: string) => `Model ${file} has ${count} inputs (${names}).`,
  () => 'Export it with exactly one input, the window of sensor samples.',
);

export const modelOutputs = define(
  'ESC143',
  (file: string, count: number, names: string) => `Model ${file} has ${count} outputs (${names}).`,
  () => 'Export it with exactly one output, the scores or the feature vector.',
);

export const inputShape = define(
  'ESC144',
  (input: string, shape: string) => `Model input "${input}" has the shape ${shape}.`,
  () => 'Export it as 1 x steps x channels (or steps x 1 x channels) at batch 1.',
);

export const retimeFlattened = define(
  'ESC145',
  (layer: string) =>
    `Layer ${layer} reads the time axis as features, so its weights fix the number of steps.`,
  () => 'Train a model for this rate; only models without such a layer can be re-timed.',
);

export const retimeSteps = define(
  'ESC146',
  (network: string, steps: number, why: string) =>
    `Model ${network} cannot be re-timed to ${steps} steps: ${why}.`,
  () => 'Choose a rate and window that give more steps.',
);

export const inputType = define(
  'ESC147',
  (input: string, type: string) => `Model input "${input}" holds ${type} values.`,
  () => 'Export it with float32 input; the kernel scales raw samples itself.',
);

// ESC150 to ESC159: transforming models.

export const nothingToSplit = define(
  'ESC150',
  (network: string) => `Model ${network} has no recurrent layer that could be split into branches.`,
  () => 'Transform a model with an LSTM, a GRU or an RNN.',
);

export const unknownLayer = define(
  'ESC151',
  (network: string, layer: string, known: readonly string[]) =>
    `Model ${network} has no recurrent layer "${layer}".${didYouMean(layer, known)}`,
  (_network: string, _layer: string, known: readonly string[]) =>
    `Use --layer with one of ${known.join(', ')}.`,
);

export const cannotSplit = define(
  'ESC152',
  (network: string, layer: string, why: string) =>
    `Layer ${layer} of model ${network} cannot be split into branches: ${why}.`,
  () => 'Name another layer with --layer, ask for fewer branches, or train a model with branches.',
);

export const cannotExport = define(
  'ESC155',
  (network: string, layer: string, kind: string) =>
    `Layer ${layer} (${kind}) of model ${network} cannot be written as ONNX operators.`,
  () => 'Transform a model of dense, LSTM, GRU, RNN, attention, softmax and activation layers.',
);

/** Refusals ESC3xx: quantization, layout, emission and compilation. */
import { didYouMean } from '../nearest.ts';
import { define } from './refusal.ts';

export const accumulatorOverflow = define(
  'ESC301',
  (layer: string, bound: number) =>
    `Layer ${layer}: the worst case of an accumulator is ${bound}, beyond 32 bits.`,
  () => 'Lower the weight or activation bits of this layer, or split it.',
);

export const compilerFailed = define(
  'ESC302',
  (kernel: string, message: string) => `The AssemblyScript compiler refused kernel ${kernel}: ${message}`,
  () => 'This is a fault of the generator: report it with the pipeline that caused it.',
);

export const invalidModule = define(
  'ESC303',
  (kernel: string, rule: string) => `Kernel ${kernel} breaks the flashable-module rule "${rule}".`,
  () => 'This is a fault of the generator: report it with the pipeline that caused it.',
);

export const wrongSignature = define(
  'ESC304',
  (wasm: string, manifest: string) => `The manifest (${manifest}) does not belong to the kernel (${wasm}).`,
  () => 'Compile the pipeline again and use the two files that come out together.',
);

export const calibrationShape = define(
  'ESC305',
  (file: string, tensor: string, shape: readonly number[], expected: string) =>
    `${file}: calibration tensor "${tensor}" has the shape [${shape.join(', ')}] where ${expected} is needed.`,
  () =>
    'Save the windows as the model takes them: as long as the window of the pipeline, at the rate of the model.',
);

export const constantColumn = define(
  'ESC306',
  (file: string, tensor: string, column: string) =>
    `${file}: calibration tensor "${tensor}" holds one value only in ${column}, so nothing is known of its range.`,
  () => 'Give calibration windows in which every channel moves, or remove the channel from the pipeline.',
);

export const windowMismatch = define(
  'ESC307',
  (file: string, steps: number, wanted: number, seconds: number, rateHz: number) =>
    `${file} takes ${steps} steps, but a window of ${seconds} s at ${rateHz} Hz has ${wanted}.`,
  (_file: string, steps: number, _wanted: number, seconds: number) =>
    `Set "rateHz" of the model to ${Number((steps / seconds).toPrecision(6))} or the window to its length, or export the model for this window.`,
);

export const notShares = define(
  'ESC308',
  (file: string, tensor: string, window: number, sum: number) =>
    `${file}: the model ends in shares of 1, but row ${window} of "${tensor}" adds up to ${sum.toPrecision(4)}.`,
  () => 'Save the output of the exported model itself: behind its softmax, not the logits before it.',
);

export const badNumber = define(
  'ESC309',
  (option: string, low: number, high: number, text: string) =>
    `${option} wants a number from ${low} to ${high}, got "${text}".`,
  (option: string, low: number, high: number) =>
    `Give for example ${option} ${Math.round((low + high) / 4)}.`,
);

export const noCalibration = define(
  'ESC310',
  (network: string) => `Model ${network}: calibration has no window, or nothing but zeros.`,
  () => 'Give calibration windows that look like what the sensor delivers.',
);

export const notFinite = define(
  'ESC311',
  (network: string, buffer: string, window: number) =>
    `Model ${network}: calibration window ${window} makes a value of ${buffer} that is not a finite number.`,
  () => 'Remove NaN and infinite samples from the calibration windows.',
);

export const mixedFormats = define(
  'ESC312',
  (buffer: string, layers: readonly string[]) =>
    `Buffer ${buffer} is written by layers whose formats differ: ${layers.join(', ')}.`,
  () => 'Let each layer write a buffer of its own and join them with a concat.',
);

export const unsupportedWidths = define(
  'ESC313',
  (network: string, weightBits: number, activationBits: number) =>
    `Model ${network}: weights of ${weightBits} bits with activations of ${activationBits} bits are not supported.`,
  () => 'Use 8-bit weights and 16-bit activations.',
);

export const forestTooLarge = define(
  'ESC314',
  (layer: string) =>
    `Layer ${layer}: a tree has more than 65535 nodes on one side, or more than 32767 features.`,
  () => 'Limit the depth of the trees in training (max_depth).',
);

export const featuresIntoLayer = define(
  'ESC315',
  (network: string, layer: string, kind: string) =>
    `Model ${network}: layer ${layer} (${kind}) reads features that have units of their own.`,
  () => 'Bring them to one range first: add a "minmax" step behind "features", and train on such features.',
);

export const unknownProfile = define(
  'ESC320',
  (given: string, known: readonly string[]) => `--profile: there is no "${given}" among ${known.join(', ')}.`,
  () => 'Take aot for compiled runtimes, interp for interpreters, host to evaluate on this computer.',
);

export const nothingToRecompute = define(
  'ESC321',
  (network: string) =>
    `Model ${network}: no states to recompute: it has no bidirectional layer whose sequence an attention pool alone reads, over more than a few steps.`,
  () => 'Leave --recompute out.',
);

export const unknownTensor = define(
  'ESC316',
  (network: string, tensor: string, known: readonly string[]) =>
    `Model ${network} has no weight matrix or activation "${tensor}" whose bits could be chosen.${didYouMean(tensor, known)}`,
  (_network: string, _tensor: string, known: readonly string[]) => `Use ${known.join(', ') || 'no widths'}.`,
);

export const badWidth = define(
  'ESC317',
  (network: string, tensor: string, bits: number) =>
    `Model ${network}: weight matrix "${tensor}" cannot have ${bits} bits.`,
  () => 'Use 4, 8 or 16.',
);

export const badWidthsFile = define(
  'ESC318',
  (file: string, why: string) => `${file} holds no widths: ${why}.`,
  () => 'Use a file that "escapement tune" wrote.',
);

export const fourBitActivation = define(
  'ESC290',
  (network: string, buffer: string) =>
    `Model ${network}: activation "${buffer}" cannot have 4 bits: on the models measured they move FAR by up to 3 points to save 3 to 6 KiB (docs/decisions/0130-activations-of-8-bits.md).`,
  () => 'Use 8 or 16.',
);

export const wideActivation = define(
  'ESC291',
  (network: string, buffer: string, why: string) =>
    `Model ${network}: activation "${buffer}" cannot have 8 bits: ${why}.`,
  () => 'Leave it at 16; "escapement tune" lists those that can have 8.',
);

export const badActivationWidth = define(
  'ESC292',
  (network: string, buffer: string, bits: number) =>
    `Model ${network}: activation "${buffer}" cannot have ${bits} bits.`,
  () => 'Use 8 or 16.',
);

export const nothingToTune = define(
  'ESC319',
  (model: string, why: string) => `Model ${model} cannot be tuned: ${why}.`,
  () => 'Tune a model with dense or recurrent layers whose decision is argmax, mvn or score.',
);

export const badObjective = define(
  'ESC322',
  (text: string) => `--minimise wants ram or cycles, got "${text}".`,
  () => 'Give for example --minimise ram.',
);

export const badLoopBound = define(
  'ESC323',
  (text: string) => `"${text}" states no bound of a loop.`,
  () =>
    'Write --loop-bound function:loop=turns, e.g. run:2=31: the loop by its number in the function, from 0, as `escapement time` names it.',
);

export const noSuchLoop = define(
  'ESC324',
  (text: string, place: string, _known: readonly string[]) => `--loop-bound ${text}: ${place}.`,
  (_text: string, _place: string, known: readonly string[]) =>
    known.length > 0 ? `Use one of ${known.slice(0, 12).join(', ')}.` : 'The module has no loops.',
);

export const loopBoundExceeded = define(
  'ESC325',
  (text: string, turns: number) =>
    `--loop-bound ${text} does not hold: in this very call the loop turns ${turns} times on average each time that it is entered.`,
  () => 'State a larger bound, or leave it out: without one the report says that there is no worst case.',
);

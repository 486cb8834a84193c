/** Refusals ESC2xx: pipeline files, recordings and windows. */
import { didYouMean } from '../nearest.ts';
import { define } from './refusal.ts';

// ESC201 to ESC209: the shape of a pipeline file. `where` is the path to the field, e.g. "pulse.json: models[0].rateHz".

export const unreadablePipeline = define(
  'ESC201',
  (file: string, why: string) => `Cannot read the pipeline file ${file}: ${why}.`,
  () => 'Give the path of a pipeline JSON file.',
);

export const pipelineSyntax = define(
  'ESC202',
  (file: string, line: number, column: number, what: string) =>
    `${file}, line ${line}, column ${column}: not JSON, ${what}.`,
  () => 'Mend this place.',
);

export const unknownField = define(
  'ESC203',
  (where: string, field: string, known: readonly string[]) =>
    `${where}: there is no field "${field}" here.${didYouMean(field, known)}`,
  (_where: string, _field: string, known: readonly string[]) => `Known fields: ${known.join(', ')}.`,
);

export const missingField = define(
  'ESC204',
  (where: string, field: string) => `${where}: the field "${field}" is missing.`,
  () => 'Add it; schemas/pipeline.schema.json says what it means.',
);

export const wrongType = define(
  'ESC205',
  (where: string, expected: string, found: string) => `${where}: expected ${expected}, found ${found}.`,
  () => 'Change the value; schemas/pipeline.schema.json says what it means.',
);

export const unknownChoice = define(
  'ESC206',
  (where: string, found: string, known: readonly string[]) =>
    `${where}: ${found} is not a known value.${didYouMean(found.replace(/^"|"$/g, ''), known)}`,
  (_where: string, _found: string, known: readonly string[]) => `Use one of ${known.join(', ')}.`,
);

export const duplicateField = define(
  'ESC207',
  (file: string, line: number, column: number, field: string) =>
    `${file}, line ${line}, column ${column}: the field "${field}" stands twice in one object.`,
  () => 'Keep one of the two.',
);

// ESC210 to ESC239: what a pipeline file means.

export const notPositive = define(
  'ESC210',
  (where: string, value: number, unit: string) => `${where} is ${`${value} ${unit}`.trim()}.`,
  () => 'Give a finite number greater than 0.',
);

export const emptyList = define(
  'ESC211',
  (where: string, _what: string) => `${where} is empty.`,
  (_where: string, what: string) => `Name at least one ${what}.`,
);

export const duplicateName = define(
  'ESC212',
  (where: string, name: string, first: string) => `${where}: "${name}" stands already at ${first}.`,
  () => 'Remove one of the two, or change it.',
);

export const badName = define(
  'ESC213',
  (where: string, name: string) => `${where}: "${name}" cannot be a file name everywhere.`,
  () => 'Use letters, digits, dots, dashes and underscores, beginning with a letter or digit.',
);

export const missingFile = define(
  'ESC214',
  (where: string, file: string) => `${where}: there is no file "${file}" beside the pipeline file.`,
  () => 'Paths are relative to the folder of the pipeline file: mend the path or add the file.',
);

export const windowTooShort = define(
  'ESC215',
  (where: string, seconds: number, rateHz: number, steps: number) =>
    `${where}: ${seconds} s at ${rateHz} Hz is ${steps} sample${steps === 1 ? '' : 's'}.`,
  () => 'A window needs at least 2 samples and a hop at least 1: lengthen it or raise the rate.',
);

export const windowTooLong = define(
  'ESC216',
  (where: string, seconds: number, rateHz: number, steps: number, limit: number) =>
    `${where}: ${seconds} s at ${rateHz} Hz is ${steps} samples, more than the ${limit} for which no sum overflows.`,
  () => 'Shorten the window or lower the rate.',
);

export const bandAboveNyquist = define(
  'ESC217',
  (where: string, highHz: number, rateHz: number) =>
    `${where}: ${highHz} Hz is not below half the sampling rate (${rateHz / 2} Hz at ${rateHz} Hz).`,
  () => 'Lower the band or drop the rate from the pipeline.',
);

export const bandUpsideDown = define(
  'ESC218',
  (where: string, lowHz: number, highHz: number) =>
    `${where}: the lower edge, ${lowHz} Hz, is not below the upper one, ${highHz} Hz.`,
  () => 'Swap or mend the edges.',
);

export const filterTooNarrow = define(
  'ESC219',
  (where: string) =>
    `${where}: the poles of this filter sit too near to the unit circle for 32-bit coefficients and a proof.`,
  () => 'Raise the lower edge, widen the band or lower the sampling rate.',
);

export const badSection = define(
  'ESC220',
  (where: string, why: string) => `${where} is not a usable second-order section: ${why}.`,
  () => 'Give stable sections [b0, b1, b2, 1, a1, a2], as scipy writes them with output="sos".',
);

export const filterOfOneRate = define(
  'ESC221',
  (where: string, rates: readonly number[]) =>
    `${where}: given sections belong to one sampling rate, but the pipeline names ${rates.join(', ')} Hz.`,
  () => 'Use a "bandpass" step, which is designed for each rate, or keep a single rate.',
);

export const filterAfterWindow = define(
  'ESC222',
  (where: string, step: string) =>
    `${where}: a ${step} works on samples and cannot follow "zscore", which works on windows.`,
  () => 'Move it before "zscore".',
);

export const secondZscore = define(
  'ESC223',
  (where: string) => `${where}: the window is already normalised by an earlier "zscore".`,
  () => 'Remove one of them.',
);

export const wrongDivisors = define(
  'ESC224',
  (where: string, found: number, channels: number) =>
    `${where}: ${found} divisor${found === 1 ? '' : 's'} for ${channels} channel${channels === 1 ? '' : 's'}.`,
  () => 'Give one divisor a channel, in the order of "channels".',
);

export const epsilonTooLarge = define(
  'ESC225',
  (where: string, epsilon: number, largest: number) =>
    `${where}: epsilon ${epsilon} is beyond ${largest.toPrecision(2)}, the full range of the sensor.`,
  () => 'Give it in the unit of the channel, small against its signal (1e-6 is usual).',
);

export const scaleOutOfRange = define(
  'ESC226',
  (where: string, factor: number) =>
    `${where}: one raw count is ${factor.toPrecision(3)} steps of the model's input.`,
  () => "Check the channel's lsb and the divisors against the range of the model's calibration windows.",
);

export const evaluationMisfit = define(
  'ESC227',
  (where: string, found: string, decision: string) =>
    `${where} is "${found}", which does not fit the decision "${decision}".`,
  (_where: string, _found: string, decision: string) =>
    ({
      mvn: 'Name enrolment and test windows: kind "verification" with xEnrol, userEnrol, xTest and userTest.',
      template:
        'Name enrolment and test windows: kind "verification" with xEnrol, userEnrol, xTest and userTest.',
      score: 'Name windows of the owner and of others: kind "owner" with x, genuine and floatOutput.',
    })[decision] ?? 'Name labelled windows: kind "identification" with x and labels.',
);

export const uselessThreshold = define(
  'ESC228',
  (where: string, decision: string) => `${where}: a decision "${decision}" has no threshold.`,
  () => 'Remove it, or choose the decision "mvn".',
);

export const thresholdTooLarge = define(
  'ESC229',
  (where: string, threshold: number, limit: number) =>
    `${where}: the threshold ${threshold} is beyond ${limit}, where every distance is the same.`,
  () => 'Give the distance at which genuine and impostor windows part, usually near the number of features.',
);

export const modelInputMismatch = define(
  'ESC230',
  (name: string, found: number, steps: number, channels: number) =>
    `${name}: the model takes ${found} values, the pipeline gives ${steps} steps of ${channels} channels.`,
  () => 'Make window.seconds, the rate and the channels those of the training.',
);

// ESC270 to ESC274: starting a pipeline, and finding one.

export const modelTakesVector = define(
  'ESC270',
  (model: string, values: number) =>
    `${model} takes one row of ${values} value${values === 1 ? '' : 's'}: without an axis of time its channels and window cannot be told.`,
  () =>
    'Write the pipeline by hand with "features": examples/typing102 (a classifier) and examples/waca (no model) show how.',
);

export const pipelineExists = define(
  'ESC271',
  (path: string) => `${path} is there already.`,
  () => 'Choose another folder with --out, or replace its files with --force.',
);

export const unknownPipeline = define(
  'ESC272',
  (name: string, examples: readonly string[]) =>
    `There is no pipeline file, folder or example ${name}.${didYouMean(name, examples)}`,
  (_name: string, examples: readonly string[]) =>
    `Examples: ${examples.join(', ')}. Or give the path of a pipeline file or its folder.`,
);

export const policyTooShort = define(
  'ESC273',
  (where: string, seconds: number, least: number) => `${where} is ${seconds} s, less than ${least} s.`,
  () =>
    'Decisions come a hop apart at the earliest, and silence is no shorter than the time between two of them.',
);

export const noPolicy = define(
  'ESC274',
  (pipeline: string, what: string) => `${pipeline}: ${what}, so there is nothing to simulate.`,
  () =>
    'Give "policy" (see schemas/pipeline.schema.json), and labelled windows of kind "owner" or "verification" that name "session"; examples/smarteryou has both.',
);

// ESC250 to ESC259: tensor files (safetensors).

const copyAgain = 'Copy or export the file again and check that it is complete.';

export const damagedSafetensors = define(
  'ESC250',
  (file: string, why: string) => `${file} is not a readable safetensors file: ${why}.`,
  () => copyAgain,
);

export const tensorElementType = define(
  'ESC251',
  (file: string, tensor: string, dtype: string, known: string) =>
    `${file}: tensor "${tensor}" has the element type ${dtype}; known are ${known}.`,
  () => 'Save it again as F32 (windows, outputs) or I32 (labels).',
);

export const tensorOffsets = define(
  'ESC252',
  (file: string, tensor: string, why: string) => `${file}: tensor "${tensor}" ${why}.`,
  () => copyAgain,
);

export const tensorInteger = define(
  'ESC253',
  (file: string, tensor: string, index: number, value: string) =>
    `${file}: tensor "${tensor}" holds ${value} at element ${index}, which is beyond 2^53.`,
  () => 'Save labels as I32.',
);

export const missingTensor = define(
  'ESC254',
  (file: string, tensor: string, present: readonly string[]) =>
    `${file} has no tensor "${tensor}" (it has ${present.join(', ')}).${didYouMean(tensor, present)}`,
  () => 'Name one that is there in the pipeline file.',
);

// ESC260 to ESC279: recordings.

export const missingRecording = define(
  'ESC260',
  (file: string) => `There is no readable recording ${file}.`,
  () => 'Check the path: it is relative to the pipeline file.',
);

export const missingColumn = define(
  'ESC261',
  (file: string, column: string, present: readonly string[]) =>
    `${file} has no column "${column}" (it has ${present.join(', ')}).${didYouMean(column, present)}`,
  () => 'The header line must name time_s and every channel of the pipeline.',
);

export const badCell = define(
  'ESC262',
  (file: string, line: number, column: string, cell: string) =>
    `${file}, line ${line}, column ${column}: "${cell}" is not a decimal number.`,
  () => 'Mend or remove this line.',
);

export const timeGoesBack = define(
  'ESC263',
  (file: string, line: number, time: string, before: string) =>
    `${file}, line ${line}: time_s is ${time} after ${before}.`,
  () => 'Sort the rows by time, and put separate sessions into separate files.',
);

export const recordingTooShort = define(
  'ESC264',
  (file: string, samples: number, seconds: string, rateHz: number, needed: number, windowSeconds: number) =>
    `${file} gives ${samples} samples at ${rateHz} Hz (${seconds} s); one window of ${windowSeconds} s needs ${needed}.`,
  () => 'Use a longer recording or a shorter window.',
);

export const recordingGap = define(
  'ESC265',
  (file: string, line: number, gapS: string, longestS: number) =>
    `${file}, line ${line}: ${gapS} s without a sample, more than the ${longestS} s that may be interpolated.`,
  () => 'Split the recording at the gap into two files.',
);

export const emptyRecording = define(
  'ESC266',
  (file: string, why: string) => `${file} is not a recording: ${why}.`,
  () => 'Write a header line "time_s,<channel>,..." and one line a sample under it.',
);

export const badRate = define(
  'ESC267',
  (rateHz: number) => `A recording cannot be resampled to ${rateHz} Hz.`,
  () => 'Give a rate above 0 and at most 100000 Hz.',
);

export const rawCountRange = define(
  'ESC268',
  (file: string, channel: string, value: string, lsb: number) =>
    `${file}: ${value} in channel ${channel} is beyond the 24 bits of a raw count at ${lsb}.`,
  () => 'Check the unit of the column, or give the channel a larger lsb.',
);

export const repeatedColumn = define(
  'ESC269',
  (file: string, column: string) => `${file} names the column "${column}" twice.`,
  () => 'Rename or remove one of the two.',
);

// ESC280 to ESC299: evaluation data.

export const evaluationShape = define(
  'ESC280',
  (file: string, tensor: string, shape: string, expected: string) =>
    `${file}: tensor "${tensor}" has the shape [${shape}] where ${expected} is needed.`,
  () => 'Save windows, labels and float outputs of the same windows together.',
);

export const labelRange = define(
  'ESC281',
  (file: string, tensor: string, index: number, label: number, classes: number) =>
    `${file}: tensor "${tensor}" has label ${label} at window ${index}, but the model has classes 0 to ${classes - 1}.`,
  () => 'Number the people from 0 in the order of the model outputs.',
);

export const notEnrolled = define(
  'ESC282',
  (file: string, user: number) => `${file}: user ${user} has test windows and no enrolment windows.`,
  () => 'Add enrolment windows of this user, or leave the test windows out.',
);

export const notFinite = define(
  'ESC283',
  (file: string, tensor: string, index: number, value: number) =>
    `${file}: tensor "${tensor}" holds ${value} at element ${index}.`,
  () => 'Remove the window or export the data again: every value must be a finite number.',
);

export const nothingToCompare = define(
  'ESC284',
  (file: string, why: string) => `${file}: ${why}, so no error rate is defined.`,
  () => 'Give windows of at least two people.',
);

// ESC231 to ESC239: scores, contexts and templates.

export const notFiniteNumber = define(
  'ESC231',
  (where: string, value: number) => `${where} is ${value}.`,
  () => 'Give a finite number.',
);

export const wrongThresholds = define(
  'ESC232',
  (where: string, found: number, contexts: number) =>
    `${where}: ${found} threshold${found === 1 ? '' : 's'} for ${contexts} model${contexts === 1 ? '' : 's'}.`,
  () => 'Give one threshold a context, in the order of "perContext.files" (one where there are no contexts).',
);

export const contextMismatch = define(
  'ESC233',
  (model: string, why: string) => `Context model ${model}: ${why}.`,
  () =>
    'Give one model a context, each from all features to one score; the context model reads the first of them.',
);

export const retrainTooShort = define(
  'ESC234',
  (where: string, seconds: number, hopSeconds: number) =>
    `${where} is ${seconds} s, less than the ${hopSeconds} s from window to window.`,
  () => 'Give the time that confidence must stay low before a request, at least one hop.',
);

export const noProtection = define(
  'ESC235',
  (where: string) =>
    `${where} is "hamming", which compares protected templates, but the decision has no "protection".`,
  () => 'Add "protection" with bits and centre to the decision, or choose another distance.',
);

export const passThroughUnscaled = define(
  'ESC236',
  (where: string) => `${where}: without a model the decision takes features, which need one scale.`,
  () => 'Let "preprocess" end in "features" and "minmax".',
);

export const passThroughDecision = define(
  'ESC237',
  (where: string, decision: string) => `${where}: the decision "${decision}" needs a trained model.`,
  () => 'Remove "passThrough" and give a model, or choose the decision "template" or "mvn".',
);

export const passThroughAndModel = define(
  'ESC238',
  (where: string, other: string) => `${where}: there is "${other}" too, but only one can make the output.`,
  () => 'Remove one of them.',
);

export const qualityUpsideDown = define(
  'ESC239',
  (where: string, least: number, most: number) =>
    `${where}: a standard deviation of at least ${least} and at most ${most} leaves nothing.`,
  () => 'Give leastDeviation below mostDeviation, in the unit of the channel.',
);

// ESC240 to ESC249: features of a window.

export const badCount = define(
  'ESC240',
  (where: string, found: number, _what: string, _least: number, _most: number) => `${where} is ${found}.`,
  (_where: string, _found: number, what: string, least: number, most: number) =>
    `Give a whole number of ${what} from ${least} to ${most}.`,
);

export const badAxis = define(
  'ESC241',
  (where: string, axis: number, axes: number) =>
    `${where} is ${axis}, but a sensor here has ${axes} ax${axes === 1 ? 'is' : 'es'}.`,
  (_where: string, _axis: number, axes: number) =>
    axes < 2
      ? 'Remove the feature: there is no other axis to compare with.'
      : `Give a whole number from 1 (the next axis) to ${axes - 1}.`,
);

export const misplacedStep = define(
  'ESC242',
  (where: string, step: string, why: string) => `${where}: "${step}" ${why}.`,
  () =>
    'The order is: filters or one moving average, then "features", then "minmax" (or "zscore" without features).',
);

export const featureMismatch = define(
  'ESC245',
  (name: string, found: number, columns: number, features: number) =>
    `${name}: the model takes ${found} values, the pipeline gives ${columns} columns of ${features} features.`,
  () => 'Make channels and features those of the training, in their order.',
);

export const badTransform = define(
  'ESC248',
  (where: string, size: number, _least: number, _most: number) => `${where} is ${size}.`,
  (_where: string, _size: number, least: number, most: number) =>
    `Give a power of two of at least 8 and the longest window (${least} samples), and at most ${most}.`,
);

export const mixedSensor = define(
  'ESC249',
  (where: string, sensor: string) =>
    `${where}: the axes of the ${sensor} do not make one vector (up to 4, all of one lsb and unit).`,
  () => 'Give them one lsb and unit, or leave "magnitude" out.',
);

export const badGap = define(
  'ESC246',
  (where: string, seconds: number, _most: number) => `${where} is ${seconds} s.`,
  (_where: string, _seconds: number, most: number) =>
    `Give the longest silence of a sensor that may be bridged, above 0 and at most ${most.toFixed(1)} s (16.7 s, or the hop).`,
);

export const scatteredSensor = define(
  'ESC247',
  (where: string, sensor: string) => `${where}: channels of the ${sensor} stand apart.`,
  () => 'Samples of a sensor arrive together: list its channels one behind the other.',
);

export const wrongLength = define(
  'ESC243',
  (where: string, found: number, needed: number) =>
    `${where} has ${found} number${found === 1 ? '' : 's'}, but the window has ${needed} features.`,
  () => 'Give one number a feature: all features of the first column, then of the second and so on.',
);

export const emptyRange = define(
  'ESC244',
  (where: string, index: number, low: number, high: number) =>
    `${where}: feature ${index} has the range ${low} to ${high}.`,
  () =>
    'Give finite numbers with low below high; a feature that never changes in training has to be left out.',
);

/** Refusals ESC6xx: the command line. */
import { didYouMean } from '../nearest.ts';
import { define } from './refusal.ts';

export const unknownModel = define(
  'ESC601',
  (name: string, known: readonly string[]) =>
    `The pipeline has no model or family "${name}".${didYouMean(name, known)}`,
  (_name: string, known: readonly string[]) => `Use one of ${known.join(', ')}.`,
);

export const badRate = define(
  'ESC602',
  (text: string) => `The sampling rate "${text}" is not a number of Hz between 1 and 10000.`,
  () => 'Give for example --rate 25.',
);

export const badList = define(
  'ESC603',
  (option: string, text: string) => `${option} wants a comma-separated list, got "${text}".`,
  (option: string) => `Give for example ${option} 20,25,128,512.`,
);

export const noEvaluation = define(
  'ESC604',
  (pipeline: string, model: string) =>
    `Model ${model} of pipeline ${pipeline} names no evaluation data, so there is nothing to verify against.`,
  () => 'Add "evaluation" to the model in the pipeline file.',
);

export const notTrainedForRate = define(
  'ESC605',
  (model: string, trainedHz: number, rateHz: number) =>
    `Model ${model} was trained for ${trainedHz} Hz; at ${rateHz} Hz there is a cost but no accuracy to verify.`,
  (_model: string, trainedHz: number) => `Verify at --rate ${trainedHz}, or train a model for this rate.`,
);

export const cannotWrite = define(
  'ESC606',
  (path: string, why: string) => `Cannot write ${path}: ${why}.`,
  () => 'Choose another folder with --out, or make this one writable.',
);

export const noRecording = define(
  'ESC607',
  (pipeline: string) => `Pipeline ${pipeline} names no recording to run the kernel on.`,
  () => 'Add "recordings" to the pipeline file: CSV files with time_s and one column a channel.',
);

export const badAgreement = define(
  'ESC608',
  (text: string) => `--min-agreement wants a percentage from 0 to 100, got "${text}".`,
  () => 'Give for example --min-agreement 99.',
);

export const cannotRead = define(
  'ESC609',
  (path: string, why: string) => `Cannot read ${path}: ${why}.`,
  () => 'Check the path.',
);

export const badArgument = define(
  'ESC610',
  (text: string) => `--args wants numbers, got "${text}".`,
  () => 'Give for example --args 100.',
);

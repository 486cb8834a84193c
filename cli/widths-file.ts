/** The file that `escapement tune` writes and `escapement compile --widths` reads. */
import type { Command as Commander } from 'commander';
import { kernelRefusals } from '../common/refusals/index.ts';
import type { ModelChoice } from '../generator/choose-model.ts';
import type { Widths } from '../generator/quantize/widths.ts';
import { readInput } from './read-input.ts';

/** `--widths` of the commands that build one kernel. */
export const widthsOption = (command: Commander): Commander =>
  command.option(
    '--widths <file>',
    'bits of weight matrices and activations, as escapement tune writes them',
  );

export interface WidthsFile {
  /** Pipeline and model that the widths were found for, e.g. "deepauth/rnn128". */
  model: string;
  widths: Widths;
}

/** Throws ESC609 and ESC318; names of matrices and bits are checked where the model is (ESC316, ESC317). */
export function readWidths(path: string): Widths {
  const text = Buffer.from(readInput(path)).toString('utf8');
  const bad = (why: string) => kernelRefusals.badWidthsFile(path, why);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw bad('it is not JSON');
  }
  const widths = (value as Partial<WidthsFile> | null)?.widths;
  if (typeof widths !== 'object' || widths === null || Array.isArray(widths)) throw bad('it has no "widths"');
  return widths;
}

/** The choice with widths of a file, if there is one. */
export const withWidths = (choice: ModelChoice, path: string | undefined): ModelChoice =>
  path === undefined ? choice : { ...choice, model: { ...choice.model, widths: readWidths(path) } };

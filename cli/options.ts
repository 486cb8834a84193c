/** Arguments and options that several commands share. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command as Commander } from 'commander';
import { cliRefusals, kernelRefusals, pipelineRefusals } from '../common/refusals/index.ts';

const examples = fileURLToPath(new URL('../examples/', import.meta.url));

/** Names of the shipped pipelines. */
export const exampleNames = (): string[] =>
  readdirSync(examples)
    .filter((name) => existsSync(join(examples, name, 'pipeline.json')))
    .sort();

/** A pipeline file, a folder that holds pipeline.json, or the name of an example. */
export function pipelinePath(given: string): string {
  if (existsSync(given) && statSync(given).isDirectory()) return join(given, 'pipeline.json');
  if (existsSync(given)) return given;
  // Anything with a dot or a slash is meant as a path.
  if (!/^[\w-]+$/.test(given)) return given;
  const example = join(examples, given, 'pipeline.json');
  if (!existsSync(example)) throw pipelineRefusals.unknownPipeline(given, exampleNames());
  return example;
}

export const pipelineArgument = (command: Commander): Commander =>
  command.argument('<pipeline>', `pipeline file, its folder, or an example (${exampleNames().join(', ')})`);

export const modelOption = (command: Commander): Commander =>
  command.option('-m, --model <id>', "model or family of the pipeline (default: the pipeline's first)");

export const rateOption = (command: Commander): Commander =>
  command.option(
    '-r, --rate <hz>',
    'sampling rate in Hz (default: 25, or the rate the model was trained for)',
    parseRate,
  );

export const boardOption = (command: Commander): Commander =>
  command.option('-b, --board <id>', 'board id or board file', 'we-be-class');

export const runtimeOption = (command: Commander): Commander =>
  command.option('-R, --runtime <id>', 'runtime id (see escapement boards)', 'wasm2c');

export const jsonOption = (command: Commander): Commander =>
  command.option('--json', 'print the result as JSON, and nothing else, on standard output');

export const outOption = (command: Commander): Commander =>
  command.option('-o, --out <folder>', 'folder for the files', 'out');

/** A rate in Hz; refuses what is not a number of 1 to 10000 (ESC602). */
export function parseRate(text: string): number {
  const rate = Number(text);
  if (text.trim() === '' || !(rate >= 1 && rate <= 10000)) throw cliRefusals.badRate(text);
  return rate;
}

/** A number of `low` to `high` (ESC309). */
export const numberOption =
  (option: string, low: number, high: number) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= low && value <= high))
      throw kernelRefusals.badNumber(option, low, high, text);
    return value;
  };

/** A whole number of `low` to `high` (ESC309). */
export const wholeOption =
  (option: string, low: number, high: number) =>
  (text: string): number => {
    const value = numberOption(option, low, high)(text);
    if (!Number.isInteger(value)) throw kernelRefusals.badNumber(option, low, high, text);
    return value;
  };

/** A comma-separated list of names, all of them not empty (ESC603). */
export const parseNames =
  (option: string) =>
  (text: string): string[] => {
    const names = text.split(',').map((name) => name.trim());
    if (names.some((name) => name === '')) throw cliRefusals.badList(option, text);
    return names;
  };

export const parseRates = (text: string): number[] => parseNames('--rates')(text).map(parseRate);

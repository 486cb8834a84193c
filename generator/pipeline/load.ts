/**
 * Reads a pipeline file: JSON syntax, schema, then what the schema cannot say. Every fault is a refusal (ESC201 to ESC229)
 * with the path to the field; nothing is filled in silently.
 */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileError } from '../../common/file-error.ts';
import { pipelineRefusals } from '../../common/refusals/index.ts';
import { checkPipeline } from './check.ts';
import { blankComments } from './comments.ts';
import { findJsonFault } from './json-text.ts';
import type { Pipeline } from './pipeline.ts';
import { schemaFault } from './schema-fault.ts';

export interface LoadedPipeline {
  /** Path of the pipeline file as it was given. */
  path: string;
  /** The file's content; paths inside are as written, relative to its folder. */
  pipeline: Pipeline;
  /** Absolute path of a file that the pipeline names. */
  resolve: (file: string) => string;
}

export function loadPipeline(path: string): LoadedPipeline {
  return parsePipeline(readText(path), path);
}

/** The text of a pipeline file, comments allowed, that is, or would be, at `path`. */
export function parsePipeline(commented: string, path: string): LoadedPipeline {
  const text = blankComments(commented);
  const fault = findJsonFault(text);
  if (fault) {
    const refuse =
      fault.kind === 'syntax' ? pipelineRefusals.pipelineSyntax : pipelineRefusals.duplicateField;
    throw refuse(path, fault.line, fault.column, fault.what);
  }
  const value = JSON.parse(text) as unknown;
  const at = (field: string) => (field === '' ? path : `${path}: ${field}`);
  const misfit = schemaFault(value, (pointer) => at(fieldOf(pointer)));
  if (misfit) throw misfit;
  const pipeline = value as Pipeline;
  const folder = dirname(resolve(path));
  const resolveFile = (file: string) => resolve(folder, file);
  checkPipeline(pipeline, { at, resolve: resolveFile });
  return { path, pipeline, resolve: resolveFile };
}

/** "/models/0/rateHz" -> "models[0].rateHz" */
const fieldOf = (pointer: string): string =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part, i) => (/^\d+$/.test(part) ? `[${part}]` : i === 0 ? part : `.${part}`))
    .join('');

function readText(path: string): string {
  try {
    // A byte-order mark is no part of JSON, and Windows editors like to write one.
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw pipelineRefusals.unreadablePipeline(path, fileError(error));
  }
}

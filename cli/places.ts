/** Where the limit behind a check is set: a budget in the pipeline file, what is free in the board file. */
import { readFileSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import { boardPath } from '../boards/load.ts';
import { jsonPosition, type JsonPath } from '../common/json-position.ts';
import type { Place, RuleId } from '../report/check-report.ts';

type File = 'pipeline' | 'board';

const fields: Readonly<Record<RuleId, readonly [File, JsonPath]>> = {
  latency: ['pipeline', ['budgets', 'latencyMs']],
  throughput: ['pipeline', ['window', 'hopSeconds']],
  'average-power': ['pipeline', ['budgets', 'averageMw']],
  'battery-life': ['pipeline', ['budgets', 'batteryHours']],
  flash: ['board', ['memory', 'flash', 'availableBytes']],
  ram: ['board', ['memory', 'ram', 'availableBytes']],
  sensor: ['board', ['sensors']],
  'float-parity': ['pipeline', ['models']],
};

/**
 * `board`: as given on the command line, an id or a path. A board that comes with Escapement lies outside the user's
 * files: its checks are placed at the pipeline. Undefined where that lies outside the working folder too.
 */
export function placesOf(pipelineFile: string, board: string): (rule: RuleId) => Place | undefined {
  const pipeline = fileAt(pipelineFile);
  const boardFile = fileAt(boardPath(board));
  return (rule) => {
    const [which, path] = fields[rule];
    if (which === 'board' && boardFile) return boardFile(path);
    return pipeline?.(which === 'pipeline' ? path : ['budgets']);
  };
}

/** Places in a file by field; undefined for a file outside the working folder. */
function fileAt(path: string): ((field: JsonPath) => Place) | undefined {
  const file = relative(process.cwd(), path);
  if (file.startsWith('..') || isAbsolute(file)) return undefined;
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  return (field) => {
    const { line, column } = jsonPosition(text, field);
    return { file: file.split(sep).join('/'), line, column };
  };
}

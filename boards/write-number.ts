/**
 * Replaces one number in the text of a board file; everything else, comments too, stays as it was. A number that the file
 * leaves to a part is added, with the ancestors that are missing taken from the composed board.
 */
import { jsonPosition, parseFieldPath } from '../common/json-position.ts';
import type { Sourced } from '../common/sourced.ts';
import type { Board } from './board.ts';
import { parseJsonc } from './check/jsonc.ts';

export function writeNumber(text: string, board: Board, field: string, number: Sourced): string {
  const path = parseFieldPath(field);
  const depth = existingDepth(parseJsonc(text), path);
  if (depth === path.length) {
    const { start, end } = jsonPosition(text, path);
    return text.slice(0, start) + numberText(number) + text.slice(end);
  }
  // The first level that the file lacks, with its whole content from the composed board.
  const missing = path.slice(0, depth + 1);
  const content = structuredClone(valueAt(board, missing));
  const value = depth + 1 === path.length ? number : placed(content, path.slice(depth + 1), number);
  const { start } = jsonPosition(text, path.slice(0, depth));
  const key = JSON.stringify(String(missing.at(-1)));
  const written = depth + 1 === path.length ? numberText(number) : JSON.stringify(value);
  return `${text.slice(0, start + 1)}\n${indentAt(text, start)}  ${key}: ${written},${text.slice(start + 1)}`;
}

/** How many segments of a path the file has. */
function existingDepth(value: unknown, path: readonly (string | number)[]): number {
  let at = value;
  for (const [depth, key] of path.entries()) {
    if (typeof at !== 'object' || at === null || !(key in at)) return depth;
    at = (at as { [key: string]: unknown })[key];
  }
  return path.length;
}

const valueAt = (value: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((at, key) => (at as { [key: string]: unknown })[key], value);

function placed(content: unknown, path: readonly (string | number)[], number: Sourced): unknown {
  const parent = valueAt(content, path.slice(0, -1)) as { [key: string]: unknown };
  parent[path.at(-1)!] = number;
  return content;
}

const indentAt = (text: string, offset: number): string =>
  /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset) + 1))![0];

/** One line, as board files write their numbers. */
function numberText({ value, unit, kind, source, low, high }: Sourced): string {
  const fields = Object.entries({ value, unit, kind, source, low, high }).filter(
    ([, field]) => field !== undefined,
  );
  return `{ ${fields.map(([key, field]) => `${JSON.stringify(key)}: ${JSON.stringify(field)}`).join(', ')} }`;
}

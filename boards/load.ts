/**
 * Finds and loads boards. A board is named by its id (the boards in this folder) or by the path of a JSON file;
 * comments are allowed in the file. The first error is refused with the path to its field.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  boardField,
  boardFileUnreadable,
  boardNotJson,
  unknownBoard,
  unknownPart,
} from '../common/refusals/board.ts';
import { fileError } from '../common/file-error.ts';
import type { Board } from './board.ts';
import { checkBoard } from './check/index.ts';
import { JsonSyntaxError, parseJsonc } from './check/jsonc.ts';
import { closest } from './closest.ts';

const folder = new URL('./', import.meta.url);

/** Ids of the boards that come with Escapement, sorted. */
export function boardIds(): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort();
}

/** The boards that come with Escapement, by id. */
export const listBoards = (): Board[] => boardIds().map((id) => loadBoard(id));

/** Loads a board by id or path. Refusals ESC401 to ESC405. */
export function loadBoard(idOrPath: string): Board {
  const known = boardIds();
  if (known.includes(idOrPath)) {
    const url = new URL(`${idOrPath}.json`, folder);
    return parseBoard(readFileSync(url, 'utf8'), `boards/${idOrPath}.json`);
  }
  if (!/[/\\]|\.jsonc?$/i.test(idOrPath)) throw unknownBoard(idOrPath, closest(idOrPath, known), known);
  return parseBoard(readBoardText(idOrPath), idOrPath);
}

/** Path of a board file, given its id or path. */
export function boardPath(idOrPath: string): string {
  return boardIds().includes(idOrPath) ? fileURLToPath(new URL(`${idOrPath}.json`, folder)) : idOrPath;
}

export function readBoardText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw boardFileUnreadable(path, fileError(error));
  }
}

/** Parses and checks the text of a board file; `path` is for messages only. */
export function parseBoard(text: string, path: string): Board {
  const { board, errors } = checkBoard(parseBoardJson(text, path));
  const [first] = errors;
  if (first === undefined) return board;
  if (first.rule === 'parts' && /\.(part|regulator|cell)$/.test(first.field)) {
    throw unknownPart(path, first.field, /"(.*)"/.exec(first.problem)?.[1] ?? '', first.fix);
  }
  throw boardField(path, first.field, first.problem, first.fix);
}

export function parseBoardJson(text: string, path: string): unknown {
  try {
    return parseJsonc(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) throw boardNotJson(path, error.line, error.column, error.message);
    throw error;
  }
}

/** Everything that is wrong with a board file, or worth knowing about it, in one pass; `escapement boards lint`. */
import { jsonPosition, parseFieldPath } from '../common/json-position.ts';
import { unknownBoard } from '../common/refusals/board.ts';
import { sensorPowerFindings } from './check/rates.ts';
import type { Finding } from './check/finding.ts';
import { checkBoard } from './check/index.ts';
import { provenanceFindings } from './check/provenance.ts';
import { closest } from './closest.ts';
import { boardIds, boardPath, parseBoardJson, readBoardText } from './load.ts';

/** A finding and where its field stands in the file: the nearest that exists, when the field is missing. */
export interface PlacedFinding extends Finding {
  /** From 1. */
  line: number;
  column: number;
}

/**
 * Errors and warnings of a board, named by id or path. A file that cannot be read or is not JSON is refused
 * (ESC401 to ESC403); everything else is a finding. `rates`: rates in Hz that the sensors are asked to make.
 */
export function lintBoard(idOrPath: string, rates: readonly number[] = []): PlacedFinding[] {
  const known = boardIds();
  if (!known.includes(idOrPath) && !/[/\\]|\.jsonc?$/i.test(idOrPath)) {
    throw unknownBoard(idOrPath, closest(idOrPath, known), known);
  }
  return lintBoardText(readBoardText(boardPath(idOrPath)), idOrPath, rates);
}

export function lintBoardText(text: string, path: string, rates: readonly number[] = []): PlacedFinding[] {
  const { board, errors } = checkBoard(parseBoardJson(text, path));
  const findings =
    errors.length > 0 ? errors : [...provenanceFindings(board), ...sensorPowerFindings(board, rates)];
  return findings.map((finding) => {
    const { line, column } = jsonPosition(text, parseFieldPath(finding.field));
    return { ...finding, line, column };
  });
}

/** All rules in order: a rule that needs a well-typed board runs only when the schema holds and the parts are known. */
import type { Board } from '../board.ts';
import type { BoardFile } from '../board-file.ts';
import { composeBoard } from '../compose.ts';
import type { Finding } from './finding.ts';
import { numberFindings } from './numbers.ts';
import { referenceFindings } from './references.ts';
import { schemaFindings } from './schema.ts';

/** The board that a parsed file describes; complete only when there are no errors. */
export interface CheckedBoard {
  board: Board;
  errors: Finding[];
}

export function checkBoard(value: unknown): CheckedBoard {
  const faults = schemaFindings(value);
  if (faults.length > 0) return { board: value as Board, errors: faults };
  const { board, findings } = composeBoard(value as BoardFile);
  if (findings.length > 0) return { board, errors: findings };
  return { board, errors: [...numberFindings(board), ...referenceFindings(board)] };
}

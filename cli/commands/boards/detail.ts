/** Lines of `escapement boards <board>`: every sourced number by its path in the file. */
import type { Board } from '../../../boards/board.ts';
import { fieldPath } from '../../../boards/check/finding.ts';
import { sourcedNumbers } from '../../../boards/check/sourced-walk.ts';
import { table } from '../../../report/text/table.ts';
import { memoryLaw } from '../../../sim/memory/law.ts';

export const detail = (board: Board): string[] => [
  `${board.id}: ${board.title} (${board.standing})`,
  ...board.notes.map((note) => `  ${note}`),
  `  Memory: ${memoryLaw(board).sentence}`,
  '',
  ...table(
    ['number', 'value', 'kind', 'source'].map((header) => ({ header })),
    [...sourcedNumbers(board)].map(({ path, number: { value, unit, kind, source, low, high } }) => [
      fieldPath(path),
      [
        value,
        // Ratios and counts.
        unit === '1' ? '' : unit,
        low === undefined && high === undefined ? '' : `[${low ?? value}..${high ?? value}]`,
      ]
        .filter((part) => part !== '')
        .join(' '),
      kind,
      source,
    ]),
  ),
];

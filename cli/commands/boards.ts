import { sensorsOf, type Board } from '../../boards/board.ts';
import { listBoards, loadBoard } from '../../boards/load.ts';
import { bytes, clock } from '../../report/text/quantity.ts';
import { table } from '../../report/text/table.ts';
import { runtimes } from '../../sim/runtimes/index.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { jsonOption } from '../options.ts';
import { printJson } from '../print-json.ts';

export const boards: Command = {
  name: 'boards',
  summary: 'list boards and runtimes, or show one board with the source of every number',
  register(command, run) {
    command.argument('[board]', 'board id or board file');
    jsonOption(command);
    command.action(
      run((output, name: string | undefined, options: { json?: boolean }) => {
        const found = name === undefined ? listBoards() : [loadBoard(name)];
        if (options.json) printJson(output, name === undefined ? found : found[0]);
        else output.out(`${(name === undefined ? overview(found) : detail(found[0])).join('\n')}\n`);
        return exitCode.pass;
      }),
    );
  },
};

const overview = (found: readonly Board[]): string[] => [
  ...table(
    [
      { header: 'board' },
      { header: 'chip' },
      { header: 'core' },
      { header: 'clock' },
      { header: 'RAM' },
      { header: 'sensors' },
      { header: 'standing' },
    ],
    found.map((b) => [
      b.id,
      b.cpu.chip,
      `${b.cpu.cores.value} x ${b.cpu.core}`,
      clock(b.cpu.clock.usedMhz.value),
      bytes(b.memory.ram.availableBytes.value),
      sensorsOf(b).join(', '),
      b.standing,
    ]),
  ),
  '',
  ...table(
    [{ header: 'runtime' }, { header: 'kind' }, { header: 'what it is' }],
    Object.values(runtimes).map((r) => [r.id, r.kind, r.name]),
  ),
];

/** Every sourced number of a board by its path in the file. */
function detail(board: Board): string[] {
  const rows: string[][] = [];
  const walk = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('kind' in value && 'source' in value && 'value' in value) {
      const {
        value: v,
        unit,
        kind,
        source,
        low,
        high,
      } = value as Record<string, string | number | undefined>;
      rows.push([
        path,
        `${v} ${unit}${low === undefined ? '' : ` [${low}..${high}]`}`,
        String(kind),
        String(source),
      ]);
      return;
    }
    for (const [key, child] of Object.entries(value)) walk(child, path ? `${path}.${key}` : key);
  };
  walk(board, '');
  return [
    `${board.id}: ${board.title} (${board.standing})`,
    ...board.notes.map((note) => `  ${note}`),
    '',
    ...table([{ header: 'number' }, { header: 'value' }, { header: 'kind' }, { header: 'source' }], rows),
  ];
}

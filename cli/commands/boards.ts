import { listBoards, loadBoard } from '../../boards/load.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { jsonOption } from '../options.ts';
import { printJson } from '../print-json.ts';
import { detail } from './boards/detail.ts';
import { fit } from './boards/fit.ts';
import { lint } from './boards/lint.ts';
import { newBoard } from './boards/new.ts';
import { overview } from './boards/overview.ts';

/** Commands below `escapement boards`: one file each, one line here. */
const below: readonly Command[] = [newBoard, lint, fit];

export const boards: Command = {
  name: 'boards',
  summary:
    'list boards and runtimes, show one board with the source of every number, start or lint a board file',
  register(command, run) {
    // Options behind `new` and `lint` are theirs, not those of the list.
    command.enablePositionalOptions().argument('[board]', 'board id or board file');
    jsonOption(command);
    command.action(
      run((output, name: string | undefined, options: { json?: boolean }) => {
        const found = name === undefined ? listBoards() : [loadBoard(name)];
        if (options.json) printJson(output, name === undefined ? found : found[0]);
        else output.out(`${(name === undefined ? overview(found) : detail(found[0])).join('\n')}\n`);
        return exitCode.pass;
      }),
    );
    for (const { name, summary, register } of below) {
      register(command.command(name).summary(summary).description(summary), run);
    }
  },
};

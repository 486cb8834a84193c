/** `escapement boards new <id>`: a commented board file that is valid as it is, with its schema beside it. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { boardIds } from '../../../boards/load.ts';
import { schemaFileName, schemaText } from '../../../boards/schema-file.ts';
import { newBoardTemplate } from '../../../boards/template.ts';
import { badBoardId, boardIdTaken, fileExists } from '../../../common/refusals/board.ts';
import type { Command } from '../../command.ts';
import { exitCode } from '../../exit-codes.ts';
import { writeFiles } from '../../files.ts';
import { jsonOption } from '../../options.ts';
import { printJson } from '../../print-json.ts';

interface Options {
  out?: string;
  force?: boolean;
  json?: boolean;
}

export const newBoard: Command = {
  name: 'new',
  summary: 'write a commented start of a board file, with its schema for completion in an editor',
  register(command, run) {
    command
      .argument('<id>', 'id of the board: lower case, digits and dashes')
      .option('-o, --out <file>', 'file to write (default: <id>.jsonc)')
      .option('-f, --force', 'replace an existing file');
    jsonOption(command);
    command.action(
      run((output, id: string, options: Options) => {
        if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) throw badBoardId(id);
        if (boardIds().includes(id)) throw boardIdTaken(id);
        const path = options.out ?? `${id}.jsonc`;
        if (existsSync(path) && !options.force) throw fileExists(path);
        const schema = join(dirname(path), schemaFileName);
        writeFiles(
          new Map([
            [path, newBoardTemplate(id, `./${schemaFileName}`)],
            [schema, schemaText()],
          ]),
        );
        if (options.json) printJson(output, { files: [path, schema] });
        else {
          output.out(
            `Wrote ${path}: every placeholder says so in its source.\n` +
              `Wrote ${schema}: editors that know JSON Schema complete and check the file.\n` +
              `Next: fill in what you know, then  escapement boards lint ${path}\n`,
          );
        }
        return exitCode.pass;
      }),
    );
  },
};

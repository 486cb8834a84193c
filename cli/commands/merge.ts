/** Puts the shards of a sweep together: the same bytes as one run. */
import { differentSweeps, notASweep } from '../../common/refusals/sweep.ts';
import { terminalSweep } from '../../report/terminal/sweep.ts';
import type { Command } from '../command.ts';
import { distinct } from '../distinct.ts';
import { exitCode } from '../exit-codes.ts';
import { writeFiles } from '../files.ts';
import { jsonOption } from '../options.ts';
import { printJson } from '../print-json.ts';
import { gatherRows, readPlan, resultFiles, rowsOf } from '../sweep/folder.ts';
import { summaryOf } from '../sweep/summary.ts';

export const merge: Command = {
  name: 'merge',
  summary: 'put the shards of a sweep together: the same bytes as one run',
  register(command, run) {
    command
      .argument(
        '<folders...>',
        'folders that escapement sweep --shard wrote to; one that all shards share is enough',
      )
      .requiredOption('-o, --out <folder>', 'folder for results.jsonl and results.parquet');
    jsonOption(command);
    command.action(
      run((output, folders: string[], options: { out: string; json?: boolean }) => {
        distinct('the command line', folders);
        const plans = folders.map((folder) => {
          const plan = readPlan(folder);
          if (!plan) throw notASweep(folder, 'it has no sweep.json');
          return plan;
        });
        const plan = plans[0]!;
        const other = plans.findIndex(({ digest }) => digest !== plan.digest);
        if (other >= 0) throw differentSweeps(folders[0]!, folders[other]!);
        const texts = gatherRows(folders, plan);
        const files = resultFiles(options.out, plan, texts);
        writeFiles(files);
        const rows = rowsOf(texts.join(''));
        if (options.json) printJson(output, summaryOf(plan, rows, [...files.keys()]));
        else output.out(`${terminalSweep(rows, output)}\nWrote ${[...files.keys()].join(', ')}\n`);
        return exitCode.pass;
      }),
    );
  },
};

/** Many configurations at once: boards x runtimes x rates x models x widths x shapes of code, over worker threads. */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { boardIds, loadBoard } from '../../boards/load.ts';
import { badJobs, unknownShape, unknownWidth } from '../../common/refusals/sweep.ts';
import { canonicalJson } from '../../report/json/canonical.ts';
import { terminalSweep } from '../../report/terminal/sweep.ts';
import { hertz } from '../../report/text/quantity.ts';
import { findRuntime, runtimeIds } from '../../sim/runtimes/index.ts';
import type { Command } from '../command.ts';
import { distinct } from '../distinct.ts';
import { exitCode } from '../exit-codes.ts';
import { writeFiles } from '../files.ts';
import { jsonOption, parseNames, parseRates } from '../options.ts';
import { printJson } from '../print-json.ts';
import {
  claimFolder,
  clearFolder,
  gatherRows,
  kernelFile,
  planFile,
  resultFiles,
  rowsOf,
} from '../sweep/folder.ts';
import { planSweep, shapes, type Shape, type WeightWidth, weightWidths } from '../sweep/plan.ts';
import { inShard, parseShard, type Shard } from '../sweep/shard.ts';
import { summaryOf } from '../sweep/summary.ts';
import { runPool } from '../threads/pool.ts';

interface Options {
  model?: string[];
  rates?: number[];
  board?: string[];
  runtime?: string[];
  profiles: Shape[];
  widths: WeightWidth[];
  accuracy: boolean;
  jobs?: number;
  shard?: Shard;
  out: string;
  fresh?: boolean;
  json?: boolean;
}

function parseJobs(text: string): number {
  const jobs = Number(text);
  if (!(Number.isInteger(jobs) && jobs >= 1 && jobs <= 256)) throw badJobs(text);
  return jobs;
}

const parseShapes = (text: string): Shape[] =>
  parseNames('--profiles')(text).map((name) => {
    const shape = shapes.find((known) => known === name);
    if (!shape) throw unknownShape(name, shapes);
    return shape;
  });

const parseWidths = (text: string): WeightWidth[] =>
  parseNames('--widths')(text).map((name) => {
    const width = weightWidths.find((known) => known === name);
    if (!width) throw unknownWidth(name);
    return width;
  });

export const sweep: Command = {
  name: 'sweep',
  summary: 'cost many configurations over worker threads: JSON Lines and Parquet, resumable, in shards',
  register(command, run) {
    command.argument('<pipelines...>', 'pipeline files, folders or examples');
    command
      .option('-m, --model <list>', 'models or families (default: all families)', parseNames('--model'))
      .option('--rates <list>', "sampling rates in Hz (default: each pipeline's)", parseRates)
      .option('-b, --board <list>', 'board ids or files (default: all)', parseNames('--board'))
      .option('-R, --runtime <list>', 'runtime ids (default: all)', parseNames('--runtime'))
      .option(
        '--profiles <list>',
        'shapes of the code: fit (what suits the runtime), aot, interp',
        parseShapes,
        ['fit'],
      )
      .option('--widths <list>', "bits of all weights: own (the pipeline's), 4, 8, 16", parseWidths, ['own'])
      .option('--no-accuracy', 'leave out the error rates of trained models')
      .option('--jobs <n>', 'worker threads (default: one a core)', parseJobs)
      .option(
        '--shard <i/n>',
        'do part i of n only; put the parts together with escapement merge',
        parseShard,
      )
      .option(
        '-o, --out <folder>',
        'folder for rows and results; a run that was broken off goes on there',
        'out/sweep',
      )
      .option('--fresh', 'start over where the folder holds a sweep');
    jsonOption(command);
    command.action(
      run(async (output, pipelines: string[], options: Options) => {
        const boards = distinct('--board', options.board ?? boardIds());
        distinct(
          '--board',
          boards.map((given) => loadBoard(given).id),
        );
        const { plan, tasks } = planSweep({
          pipelines: distinct('the command line', pipelines),
          boards,
          runtimes: distinct('--runtime', options.runtime ?? runtimeIds).map((id) => findRuntime(id).id),
          shapes: distinct('--profiles', options.profiles),
          widths: distinct('--widths', options.widths),
          accuracy: options.accuracy,
          ...(options.rates ? { rates: distinct('--rates', options.rates) } : {}),
          ...(options.model ? { models: distinct('--model', options.model) } : {}),
        });
        if (options.fresh) clearFolder(options.out);
        claimFolder(options.out, plan);
        writeFiles(new Map([[planFile(options.out), canonicalJson(plan)]]));

        const mine = options.shard ? inShard(tasks, options.shard) : tasks;
        const open = mine.filter(({ number }) => !existsSync(kernelFile(options.out, number)));
        output.progress.phase('sweeping', open.length);
        await runPool('cli/sweep/worker.ts', open, options.jobs ?? availableParallelism(), {
          begun: ({ pipeline, family, rateHz }) =>
            output.progress.step(`${pipeline}/${family} at ${hertz(rateHz)}`),
          done: ({ number }, rows: string) => writeFiles(new Map([[kernelFile(options.out, number), rows]])),
        });
        output.progress.clear();

        const skipped = mine.length - open.length;
        if (options.shard) {
          const { number, of } = options.shard;
          const said = { shard: `${number}/${of}`, kernels: mine.length, skipped, ofKernels: tasks.length };
          if (options.json) printJson(output, { ...said, digest: plan.digest, folder: options.out });
          else
            output.out(
              `Shard ${number}/${of}: ${mine.length} of ${tasks.length} kernels, ${skipped} of them done before, rows in ${join(options.out, 'kernels')}\n` +
                `Put the shards together: escapement merge <folders> --out <folder>\n`,
            );
          return exitCode.pass;
        }
        const texts = gatherRows([options.out], plan);
        const files = resultFiles(options.out, plan, texts);
        writeFiles(files);
        const rows = rowsOf(texts.join(''));
        if (options.json) printJson(output, summaryOf(plan, rows, [...files.keys()]));
        else
          output.out(
            `${terminalSweep(rows, output)}\n${rows.length} configurations of ${tasks.length} kernels${skipped > 0 ? `, ${skipped} done before` : ''}\nWrote ${[...files.keys()].join(', ')}\n`,
          );
        return exitCode.pass;
      }),
    );
  },
};

import { listBoards, loadBoard } from '../../boards/load.ts';
import { chooseModel, families } from '../../generator/choose-model.ts';
import { resultsCsv } from '../../report/csv/results.ts';
import { htmlReport } from '../../report/html/page.ts';
import { reportJson } from '../../report/json/report-json.ts';
import { terminalReport } from '../../report/terminal/report.ts';
import type { SimulationResult, Verdict } from '../../sim/result.ts';
import { findRuntime, runtimeIds } from '../../sim/runtimes/index.ts';
import { runReport, sweep } from '../build-report.ts';
import type { Command } from '../command.ts';
import { distinct } from '../distinct.ts';
import { writeFiles } from '../files.ts';
import { jsonOption, modelOption, parseNames, parseRates, pipelineArgument } from '../options.ts';
import { verdictCode } from '../verdict-code.ts';
import { openPipeline } from '../workbench.ts';
import { requireWritable } from '../writable.ts';

interface Options {
  model?: string;
  rates?: number[];
  board?: string[];
  runtime?: string[];
  html?: string;
  csv?: string;
  json?: boolean;
}

export const compare: Command = {
  name: 'compare',
  summary: 'compare sampling rates, boards and runtimes for a pipeline',
  register(command, run) {
    for (const add of [pipelineArgument, modelOption, jsonOption]) add(command);
    command
      .option(
        '--rates <list>',
        "sampling rates in Hz, e.g. 20,25,128,512 (default: the pipeline's)",
        parseRates,
      )
      .option('-b, --board <list>', 'board ids or files (default: all)', parseNames('--board'))
      .option('-R, --runtime <list>', 'runtime ids (default: all)', parseNames('--runtime'))
      .option('--html <file>', 'also write the self-contained HTML report')
      .option('--csv <file>', 'also write one row a board, runtime and rate as CSV');
    command.action(
      run(async (output, pipeline: string, options: Options) => {
        const boards = options.board?.map(loadBoard) ?? listBoards();
        distinct(
          '--board',
          boards.map(({ id }) => id),
        );
        const runtimes = distinct('--runtime', options.runtime ?? runtimeIds).map((id) => findRuntime(id).id);
        const loaded = openPipeline(pipeline);
        const rates = distinct('--rates', options.rates ?? loaded.pipeline.rates);
        // A model that is named by its id is compared as it is, re-timed where a rate is not its own.
        if (options.model) chooseModel(loaded.pipeline, { model: options.model });
        const wanted = options.model ? [options.model] : families(loaded.pipeline);
        requireWritable([options.html, options.csv]);
        output.progress.phase('comparing', wanted.length * rates.length);
        const swept = await sweep(loaded, { families: wanted, rates, boards, runtimes }, output.progress);
        output.progress.clear();
        const report = runReport([swept], boards);
        const results = report.systems.flatMap((s) => s.variants.flatMap((v) => v.results));
        const files = new Map<string, string>();
        if (options.html) files.set(options.html, htmlReport(report));
        if (options.csv) files.set(options.csv, resultsCsv(results));
        writeFiles(files);
        if (options.json) output.out(reportJson(report));
        else output.out(terminalReport(report, { colour: output.colour, columns: output.columns }));
        return verdictCode(bestOf(results));
      }),
    );
  },
};

/** A comparison passes when anything compared does: its question is what to choose. */
function bestOf(results: readonly SimulationResult[]): Verdict {
  const verdicts = new Set(results.map((r) => r.verdict));
  if (verdicts.has('pass')) return 'pass';
  return verdicts.has('undecided') ? 'undecided' : 'fail';
}

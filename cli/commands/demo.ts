/** The whole story in one command: what `npm start` runs. */
import { join } from 'node:path';
import { listBoards } from '../../boards/load.ts';
import { families } from '../../generator/choose-model.ts';
import { htmlReport } from '../../report/html/page.ts';
import { reportJson } from '../../report/json/report-json.ts';
import { terminalReport } from '../../report/terminal/report.ts';
import { runtimeIds } from '../../sim/runtimes/index.ts';
import { runReport, sweep, type SweepResult } from '../build-report.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { writeFiles } from '../files.ts';
import { jsonOption, outOption } from '../options.ts';
import { openPipeline } from '../workbench.ts';

/** The systems of the demonstration, in the order of the report. */
const systems = ['pulse', 'deepauth'];

export const demo: Command = {
  name: 'demo',
  summary: 'compile and simulate the examples pulse and deepauth on every board and runtime',
  register(command, run) {
    outOption(command);
    jsonOption(command);
    command.action(
      run(async (output, options: { out: string; json?: boolean }) => {
        const boards = listBoards();
        const opened = systems.map(openPipeline);
        const steps = opened.reduce(
          (n, { pipeline }) => n + families(pipeline).length * pipeline.rates.length,
          0,
        );
        output.progress.phase('compiling and simulating', steps);
        const sweeps: SweepResult[] = [];
        for (const loaded of opened) {
          const plan = { rates: loaded.pipeline.rates, boards, runtimes: runtimeIds };
          sweeps.push(await sweep(loaded, plan, output.progress));
        }
        output.progress.clear();
        const report = runReport(sweeps, boards);
        const kernels = sweeps.flatMap((s) => s.kernels);
        const shapes = kernels.reduce((n, kernel) => n + kernel.shapes, 0);
        const files = new Map<string, string | Uint8Array>(
          kernels.flatMap((kernel) =>
            kernel.files.map(([path, content]) => [join(options.out, path), content] as const),
          ),
        );
        files.set(join(options.out, 'report.json'), reportJson(report));
        files.set(join(options.out, 'report.html'), htmlReport(report));
        writeFiles(files);
        if (options.json) output.out(reportJson(report));
        else {
          output.out(terminalReport(report, { colour: output.colour, columns: output.columns }));
          output.out(
            `\nWrote ${shapes} kernels with source and manifest, report.json and report.html to ${options.out}/\n`,
          );
        }
        return exitCode.pass;
      }),
    );
  },
};

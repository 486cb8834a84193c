import { loadBoard } from '../../boards/load.ts';
import { chooseModel } from '../../generator/choose-model.ts';
import { terminalFaults } from '../../report/terminal/faults.ts';
import { terminalSimulation } from '../../report/terminal/simulation.ts';
import { terminalWhy } from '../../report/terminal/why.ts';
import { whyOf } from '../../sim/budget/why.ts';
import { findRuntime } from '../../sim/runtimes/index.ts';
import type { Command } from '../command.ts';
import { faultsOn } from '../faults.ts';
import { writeFiles } from '../files.ts';
import {
  jsonOption,
  modelOption,
  pipelineArgument,
  rateOption,
  boardOption,
  runtimeOption,
} from '../options.ts';
import { printJson } from '../print-json.ts';
import { recomputeNote, recomputeOption } from '../recompute.ts';
import { sensorsRead } from '../sensors-read.ts';
import { traceFiles, traceOptions, type TraceOptions } from '../trace-files.ts';
import { verdictCode } from '../verdict-code.ts';
import { openPipeline, prepare, simulateOn } from '../workbench.ts';

export interface SimulateOptions {
  model?: string;
  rate?: number;
  board: string;
  runtime: string;
  json?: boolean;
}

interface MoreOptions {
  recompute?: boolean;
  why?: boolean;
  faults?: string;
}

export const simulate: Command = {
  name: 'simulate',
  summary: 'simulate a pipeline on a board and runtime: latency, memory, power, verdict',
  register(command, run) {
    for (const add of [pipelineArgument, modelOption, rateOption, boardOption, runtimeOption, jsonOption])
      add(command);
    command.option('--why', 'list the inputs that the bands owe most to, and what to measure first');
    command.option(
      '--faults <file>',
      'run the kernel with the faults of a file too: effect on decisions, latency, energy',
    );
    recomputeOption(command);
    traceOptions(command);
    command.action(
      run(async (output, pipeline: string, options: SimulateOptions & TraceOptions & MoreOptions) => {
        const board = loadBoard(options.board);
        findRuntime(options.runtime);
        const loaded = openPipeline(pipeline);
        const choice = chooseModel(loaded.pipeline, { model: options.model, rateHz: options.rate });
        const ready = await prepare(loaded, choice, {
          runtimes: [options.runtime],
          verify: true,
          recompute: options.recompute,
        });
        const result = simulateOn(loaded, ready, board, options.runtime);
        if (options.recompute) {
          const kept = await prepare(loaded, choice, { runtimes: [options.runtime], verify: false });
          result.notes.push(recomputeNote(result, simulateOn(loaded, kept, board, options.runtime)));
        }
        const files = traceFiles(options, result, board, ready.built.manifest);
        writeFiles(files);
        const why = options.why ? whyOf(result, board, sensorsRead(ready.built.manifest)) : undefined;
        const faults = options.faults ? faultsOn(options.faults, loaded, ready, board, result) : undefined;
        if (options.json) printJson(output, { ...result, why, faults });
        else {
          output.out(terminalSimulation(result, { colour: output.colour, columns: output.columns }));
          if (why) output.out(`\n${terminalWhy(result, why, output)}`);
          if (faults) output.out(`\n${terminalFaults(faults, output)}`);
          if (files.size > 0) output.out(`Wrote ${[...files.keys()].join(', ')}\n`);
        }
        return verdictCode(result.verdict);
      }),
    );
  },
};

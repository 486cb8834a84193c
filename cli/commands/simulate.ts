import { loadBoard } from '../../boards/load.ts';
import { chooseModel } from '../../generator/choose-model.ts';
import { terminalSimulation } from '../../report/terminal/simulation.ts';
import { findRuntime } from '../../sim/runtimes/index.ts';
import type { Command } from '../command.ts';
import {
  jsonOption,
  modelOption,
  pipelineArgument,
  rateOption,
  boardOption,
  runtimeOption,
} from '../options.ts';
import { printJson } from '../print-json.ts';
import { verdictCode } from '../verdict-code.ts';
import { openPipeline, prepare, simulateOn } from '../workbench.ts';

export interface SimulateOptions {
  model?: string;
  rate?: number;
  board: string;
  runtime: string;
  json?: boolean;
}

export const simulate: Command = {
  name: 'simulate',
  summary: 'simulate a pipeline on a board and runtime: latency, memory, power, verdict',
  register(command, run) {
    for (const add of [pipelineArgument, modelOption, rateOption, boardOption, runtimeOption, jsonOption])
      add(command);
    command.action(
      run(async (output, pipeline: string, options: SimulateOptions) => {
        const board = loadBoard(options.board);
        findRuntime(options.runtime);
        const loaded = openPipeline(pipeline);
        const choice = chooseModel(loaded.pipeline, { model: options.model, rateHz: options.rate });
        const ready = await prepare(loaded, choice, { verify: true });
        const result = simulateOn(loaded, ready, board, options.runtime);
        if (options.json) printJson(output, result);
        else output.out(terminalSimulation(result, { colour: output.colour, columns: output.columns }));
        return verdictCode(result.verdict);
      }),
    );
  },
};

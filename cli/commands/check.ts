/** The gate for continuous integration: simulate and verify, one line a budget, an exit code. */
import { loadBoard } from '../../boards/load.ts';
import { chooseModel } from '../../generator/choose-model.ts';
import { findRuntime } from '../../sim/runtimes/index.ts';
import { toolName } from '../../common/tool.ts';
import { checkReport } from '../../report/check-report.ts';
import { ciOptions, writeCi, type CiOptions } from '../ci-files.ts';
import type { Command } from '../command.ts';
import { exitCode, type ExitCode } from '../exit-codes.ts';
import {
  boardOption,
  jsonOption,
  modelOption,
  pipelineArgument,
  rateOption,
  runtimeOption,
} from '../options.ts';
import { agreementFloor, parity } from '../parity.ts';
import { placesOf } from '../places.ts';
import { printJson } from '../print-json.ts';
import { verdictCode } from '../verdict-code.ts';
import { openPipeline, prepare, simulateOn } from '../workbench.ts';
import type { CheckResult } from '../results/check.ts';
import type { SimulateOptions } from './simulate.ts';

export const check: Command = {
  name: 'check',
  summary: 'judge a pipeline against its budgets and its float model, for continuous integration',
  register(command, run) {
    for (const add of [pipelineArgument, modelOption, rateOption, boardOption, runtimeOption, jsonOption])
      add(command);
    agreementFloor(command);
    ciOptions(command);
    command.action(
      run(
        async (
          output,
          pipeline: string,
          options: SimulateOptions & CiOptions & { minAgreement?: number },
        ) => {
          const board = loadBoard(options.board);
          findRuntime(options.runtime);
          const loaded = openPipeline(pipeline);
          const choice = chooseModel(loaded.pipeline, { model: options.model, rateHz: options.rate });
          const ready = await prepare(loaded, choice, { runtimes: [options.runtime], verify: true });
          const result = simulateOn(loaded, ready, board, options.runtime);
          const agrees = parity(ready.verified, {
            asked: options.minAgreement,
            pipeline: loaded.pipeline,
          });
          const code: ExitCode =
            agrees.holds === false ? exitCode.parityMismatch : verdictCode(result.verdict);
          const placeOf = placesOf(loaded.path, options.board);
          const report = checkReport({ tool: toolName, result, parity: agrees, placeOf });
          const annotated = writeCi(options, report, process.env);
          // Annotations are read from either stream; standard output is the result's alone with --json.
          for (const line of annotated) (options.json ? output.err : output.out)(`${line}\n`);
          if (options.json) {
            const json: CheckResult = {
              kernel: result.kernel,
              board: result.board,
              runtime: result.runtime,
              rateHz: result.rateHz,
              verdict: result.verdict,
              parity: agrees.holds,
              checks: result.checks,
              accuracy: result.accuracy,
              exitCode: code,
            };
            printJson(output, json);
            return code;
          }
          const lines = result.checks.map((c) => `${c.verdict.padEnd(9)} ${c.reason}`);
          output.out(
            [
              `${result.kernel} at ${result.rateHz} Hz on ${result.board} under ${result.runtime}`,
              ...lines,
              `${agrees.holds === null ? 'none     ' : agrees.holds ? 'pass     ' : 'fail     '} ${agrees.sentence}`,
              '',
            ].join('\n'),
          );
          return code;
        },
      ),
    );
  },
};

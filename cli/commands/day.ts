/** Hours on the wrist as discrete events: energy by rail, the battery's curve, decisions and wake-ups. */
import { loadBoard } from '../../boards/load.ts';
import { badTraceLength } from '../../common/refusals/output.ts';
import { chooseModel } from '../../generator/choose-model.ts';
import { readRecording } from '../../generator/data/recording.ts';
import type { LoadedPipeline } from '../../generator/pipeline/load.ts';
import { cliRefusals } from '../../common/refusals/index.ts';
import { terminalDay } from '../../report/terminal/day.ts';
import { findRuntime } from '../../sim/runtimes/index.ts';
import { simulateDay } from '../../sim/timeline/day.ts';
import { loadSchedule, scheduleIds } from '../../sim/timeline/schedules/index.ts';
import { timelineSetupOf } from '../../sim/timeline/setup-of.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import {
  boardOption,
  jsonOption,
  modelOption,
  pipelineArgument,
  rateOption,
  runtimeOption,
} from '../options.ts';
import { printJson } from '../print-json.ts';
import { sensorsRead } from '../sensors-read.ts';
import { openPipeline, prepare, simulateOn } from '../workbench.ts';
import type { SimulateOptions } from './simulate.ts';

interface Options extends SimulateOptions {
  workload: string;
  hours: number;
  bytes?: number;
  recorded?: boolean;
}

const number = (option: string, least: number, most: number) => (text: string) => {
  const value = Number(text);
  if (text.trim() === '' || !(value >= least && value <= most))
    throw badTraceLength(option, text, `a number from ${least} to ${most}`);
  return value;
};

export const day: Command = {
  name: 'day',
  summary: 'simulate a day on the wrist: energy by rail, battery, decisions, wake-ups',
  register(command, run) {
    for (const add of [pipelineArgument, modelOption, rateOption, boardOption, runtimeOption, jsonOption])
      add(command);
    command
      .option('-w, --workload <id>', `${scheduleIds().join(', ')}, or a schedule file`, 'continuous')
      .option('--hours <h>', 'simulated time; the day repeats', number('--hours', 0.01, 24 * 366), 24)
      .option(
        '--bytes <n>',
        "bytes sent after each decision (default: the workload's)",
        number('--bytes', 0, 1e6),
      )
      .option(
        '--recorded',
        "drive the sensors by the true timestamps of the pipeline's first recording, over and over",
      );
    command.action(
      run(async (output, pipeline: string, options: Options) => {
        const board = loadBoard(options.board);
        findRuntime(options.runtime);
        const schedule = loadSchedule(options.workload);
        const loaded = openPipeline(pipeline);
        const choice = chooseModel(loaded.pipeline, { model: options.model, rateHz: options.rate });
        const recording = options.recorded ? timestamps(loaded) : undefined;
        const ready = await prepare(loaded, choice, { runtimes: [options.runtime], verify: false });
        const result = simulateOn(loaded, ready, board, options.runtime);
        const bytesPerDecision = options.bytes ?? schedule.bytesPerDecision;
        const setup = timelineSetupOf(result, {
          board,
          pipelineSensors: sensorsRead(ready.built.manifest),
          schedule,
          durationSeconds: options.hours * 3600,
          ...(bytesPerDecision ? { bytesPerDecision } : {}),
          ...(recording ? { recording, recordingRepeats: true } : {}),
        });
        const { kernel, runtime, rateHz } = result;
        // Here latency does hold FIFO delay and reads.
        const notes = result.notes.filter((note) => !note.startsWith('Latency counts'));
        if (bytesPerDecision && !board.radio)
          notes.push('The radio of this board is not known: sending is left out of the energy.');
        const found = simulateDay({ kernel, board: board.id, runtime, rateHz, notes }, setup);
        if (options.json) printJson(output, found);
        else output.out(terminalDay(found, output));
        return exitCode.pass;
      }),
    );
  },
};

/** Seconds of the samples of the first recording. Throws ESC607 when there is none. */
function timestamps({ pipeline, resolve }: LoadedPipeline): Float64Array {
  const first = pipeline.recordings?.[0];
  if (!first) throw cliRefusals.noRecording(pipeline.name);
  return readRecording(
    resolve(first.file),
    pipeline.channels.map(({ name }) => name),
  ).timesS;
}

/** `escapement boards fit <board>`: refits a board's uncertain constants to currents measured at its battery. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileError } from '../../../common/file-error.ts';
import { sensorsOf, type Board, type SensorName } from '../../../boards/board.ts';
import { boardIds, boardPath, loadBoard, readBoardText } from '../../../boards/load.ts';
import { writeNumber } from '../../../boards/write-number.ts';
import { jsonPosition } from '../../../common/json-position.ts';
import { badObservation, nothingMeasured } from '../../../common/refusals/board.ts';
import { badTraceLength, measurementUnreadable } from '../../../common/refusals/output.ts';
import { readCurrentTrace } from '../../../report/ppk2/read.ts';
import { terminalFit } from '../../../report/terminal/fit.ts';
import { fitToTraces, type Observation } from '../../../sim/power/fit-trace.ts';
import { traceMeanMw } from '../../../sim/power/trace-mean.ts';
import type { Command } from '../../command.ts';
import { exitCode } from '../../exit-codes.ts';
import { writeFiles } from '../../files.ts';
import { jsonOption, parseNames, parseRate } from '../../options.ts';
import { printJson } from '../../print-json.ts';

interface Options {
  idle?: string[];
  sensing?: { file: string; rateHz: number }[];
  sensors?: string[];
  constants?: string[];
  volts?: number;
  meterError: number;
  out?: string;
  json?: boolean;
}

/** What the meter's reading may be off by: assumed, its data sheet was not found. */
const meterErrorPercent = 10;

const positive = (option: string) => (text: string) => {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0)) throw badTraceLength(option, text, 'a number of zero or more');
  return value;
};

const collect =
  <T>(parse: (text: string) => T) =>
  (text: string, before: T[] | undefined): T[] => [...(before ?? []), parse(text)];

/** "run.ppk2@25": file and rate. */
function sensingOf(text: string): { file: string; rateHz: number } {
  const at = text.lastIndexOf('@');
  if (at <= 0) throw badObservation(text);
  return { file: text.slice(0, at), rateHz: parseRate(text.slice(at + 1)) };
}

export const fit: Command = {
  name: 'fit',
  summary:
    "refit a board's uncertain constants to measured currents (.ppk2 or CSV of the Power Profiler app)",
  register(command, run) {
    command
      .argument('<board>', 'board id or board file')
      .option(
        '--idle <file>',
        'measurement with sensors and kernel off; may be given again',
        collect((text) => text),
      )
      .option(
        '--sensing <file@hz>',
        'measurement with the sensors running at a rate, no decisions; may be given again',
        collect(sensingOf),
      )
      .option(
        '--sensors <list>',
        'sensors that ran while sensing (default: ppg where the board has one, else accelerometer,gyroscope)',
        parseNames('--sensors'),
      )
      .option(
        '--constants <list>',
        'numbers of the board to fit, by path (default: baseline.mw, and the LED current or likeness of what sensed)',
        parseNames('--constants'),
      )
      .option(
        '--volts <v>',
        "voltage at the battery while measuring (default: the board's)",
        positive('--volts'),
      )
      .option(
        '--meter-error <percent>',
        'what the meter may be off by',
        positive('--meter-error'),
        meterErrorPercent,
      )
      .option('-o, --out <file>', 'write the board file with the fitted numbers');
    jsonOption(command);
    command.action(
      run((output, name: string, options: Options) => {
        const board = loadBoard(name);
        const observations = observe(board, options);
        const constants = options.constants ?? usualConstants(board, observations);
        const found = fitToTraces(board, observations, constants);
        if (options.out) writeFiles(new Map([[options.out, fittedText(board, name, found.constants)]]));
        if (options.json) printJson(output, { ...found, board: board.id, written: options.out });
        else output.out(terminalFit(board.id, found, options.out, output));
        return exitCode.pass;
      }),
    );
  },
};

function observe(
  board: Board,
  { idle = [], sensing = [], sensors, volts, meterError }: Options,
): Observation[] {
  if (idle.length + sensing.length === 0) throw nothingMeasured();
  const ran = (sensors ?? usualSensors(board)) as SensorName[];
  const measure = (file: string, which: SensorName[], rateHz: number): Observation => {
    const bytes = readBytes(file);
    const { currentUa, samplesPerSecond } = readCurrentTrace(bytes, file);
    const measuredMw = traceMeanMw(currentUa, volts ?? board.battery.volts.value, meterError);
    const seconds = Number((currentUa.length / samplesPerSecond).toPrecision(3));
    const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
    const what = which.length > 0 ? `${which.join(', ')} at ${rateHz} Hz` : 'idle';
    return { name: `${file} (${what}, ${seconds} s, sha256 ${digest})`, sensors: which, rateHz, measuredMw };
  };
  // The rate of an idle measurement means nothing; a positive one keeps the law defined.
  return [
    ...idle.map((file) => measure(file, [], 1)),
    ...sensing.map(({ file, rateHz }) => measure(file, ran, rateHz)),
  ];
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw measurementUnreadable(file, fileError(error));
  }
}

const usualSensors = (board: Board): SensorName[] =>
  sensorsOf(board).includes('ppg') ? ['ppg'] : ['accelerometer', 'gyroscope'];

/** As many of them as there are different states that were measured. */
function usualConstants(board: Board, observations: readonly Observation[]): string[] {
  const states = new Set(observations.map(({ sensors, rateHz }) => (sensors.length > 0 ? rateHz : 0)));
  const sensed = observations.find(({ sensors }) => sensors.length > 0)?.sensors ?? [];
  const second = sensed.includes('ppg')
    ? board.sensors.ppg?.likeness.low === board.sensors.ppg?.likeness.high
      ? 'sensors.ppg.settings.ledCurrentMa'
      : 'sensors.ppg.likeness'
    : 'sensors.imu.likeness';
  return ['baseline.mw', ...(states.size > 1 && sensed.length > 0 ? [second] : [])];
}

/** The board's own file with the fitted numbers; a board that comes with Escapement becomes another one by its id. */
function fittedText(
  board: Board,
  name: string,
  constants: ReturnType<typeof fitToTraces>['constants'],
): string {
  const text = constants.reduce(
    (whole, { field, after }) => writeNumber(whole, board, field, after),
    readBoardText(boardPath(name)),
  );
  if (!boardIds().includes(name)) return text;
  const { start, end } = jsonPosition(text, ['id']);
  return `${text.slice(0, start)}${JSON.stringify(`${board.id}-fitted`)}${text.slice(end)}`;
}

/**
 * Refits a board's uncertain constants to measured currents: least squares over the relative errors of the predicted power,
 * all other numbers of the board at their central values. The range of a fitted constant is what the meter's error
 * allows: the fit is made again at every corner of the measurements' bands, and the extremes are kept.
 */
import type { Estimate } from '../../common/estimate.ts';
import {
  constantUndetermined,
  constantUnknown,
  moreConstantsThanTraces,
} from '../../common/refusals/board.ts';
import type { Sourced } from '../../common/sourced.ts';
import { parseFieldPath } from '../../common/json-position.ts';
import type { Board, SensorName } from '../../boards/board.ts';
import { findPpgPart } from '../../boards/parts/index.ts';
import { wakeupsPerSecond } from '../sensors/wakeups.ts';
import { averagePower } from './average-power.ts';
import { leastSquares } from './least-squares.ts';
import { idleWorkload, type Workload } from './workload.ts';

/** A measurement of the whole board at its battery. */
export interface Observation {
  /** For messages and sources, e.g. a file name. */
  name: string;
  /** Sensors that ran, at `rateHz`; none: everything asleep but the baseline. */
  sensors: readonly SensorName[];
  rateHz: number;
  /** Mean power with the error of meter and noise. */
  measuredMw: Estimate;
}

export interface TraceFit {
  constants: FittedConstant[];
  observations: {
    name: string;
    measuredMw: Estimate;
    beforeMw: Estimate;
    afterMw: number;
    errorPercent: number;
  }[];
  /** The board with the fitted constants. */
  board: Board;
}

export interface FittedConstant {
  /** Path in the board file. */
  field: string;
  before: Sourced;
  after: Sourced;
  /** The fit lies outside of the range that was assumed. */
  outside: boolean;
}

/** Time between two reads while only sensing: see `wakeupsPerSecond`. */
const sensingHopSeconds = 4;

/** Refuses ESC419 to ESC421. */
export function fitToTraces(
  board: Board,
  observations: readonly Observation[],
  fields: readonly string[],
): TraceFit {
  const numbers = fields.map((field) => numberAt(board, field));
  if (fields.length > observations.length) throw moreConstantsThanTraces(fields.length, observations.length);
  const start = numbers.map(({ value }) => value);
  const solveFor = (measured: readonly number[]) =>
    leastSquares((values) => {
      const trial = withValues(board, fields, values);
      return observations.map(
        (observation, index) => predictedMw(trial, observation).value / measured[index]! - 1,
      );
    }, start);
  const central = solveFor(observations.map(({ measuredMw }) => measuredMw.value));
  const bad = fields.find((_, index) => !(central.unknowns[index]! > 0));
  if (!central.determined || bad !== undefined) throw constantUndetermined(bad ?? fields.join(', '));
  const corners = cornersOf(observations.map(({ measuredMw }) => measuredMw)).map(
    (measured) => solveFor(measured).unknowns,
  );
  const files = observations.map(({ name }) => name).join(', ');
  const constants = fields.map((field, index): FittedConstant => {
    const before = numbers[index]!;
    const ends = [central.unknowns[index]!, ...corners.map((unknowns) => unknowns[index]!)];
    const value = rounded(central.unknowns[index]!);
    return {
      field,
      before,
      after: withinParts(board, field, {
        value,
        unit: before.unit,
        kind: observations.length === 1 && fields.length === 1 ? 'measured' : 'model',
        source: `Fitted to ${files}, the other numbers of the board at their central values; was ${before.value} ${before.unit}: ${before.source}`,
        low: Math.min(value, rounded(Math.max(0, Math.min(...ends)))),
        high: Math.max(value, rounded(Math.max(...ends))),
      }),
      outside: value < (before.low ?? before.value) || value > (before.high ?? before.value),
    };
  });
  const fitted = withNumbers(
    board,
    constants.map(({ field, after }) => ({ field, number: after })),
  );
  return {
    constants,
    board: fitted,
    observations: observations.map((observation) => {
      const after = predictedMw(fitted, observation).value;
      return {
        name: observation.name,
        measuredMw: observation.measuredMw,
        beforeMw: predictedMw(board, observation),
        afterMw: after,
        errorPercent: 100 * (after / observation.measuredMw.value - 1),
      };
    }),
  };
}

export function predictedMw(board: Board, { sensors, rateHz }: Observation): Estimate {
  return averagePower(sensing(board, sensors, rateHz)).averageMw;
}

/** Sensors running and read, nothing computed. */
function sensing(board: Board, sensors: readonly SensorName[], rateHz: number): Workload {
  const reads = sensors.length > 0;
  return {
    ...idleWorkload(board, sensors, rateHz),
    wakeupsPerSecond: reads ? wakeupsPerSecond(board, sensors, rateHz, sensingHopSeconds, true) : 0,
    unchecked: true,
  };
}

/** Every combination of low and high ends. */
const cornersOf = (bands: readonly Estimate[]): number[][] =>
  bands.reduce<number[][]>(
    (corners, { low, high }) =>
      corners.flatMap((corner) => [
        [...corner, low],
        [...corner, high],
      ]),
    [[]],
  );

function numberAt(board: Board, field: string): Sourced {
  let at: unknown = board;
  for (const key of parseFieldPath(field)) at = (at as { [key: string]: unknown } | undefined)?.[key];
  if (typeof at !== 'object' || at === null || !('value' in at) || !('unit' in at))
    throw constantUnknown(field);
  return at as Sourced;
}

const withValues = (board: Board, fields: readonly string[], values: readonly number[]): Board =>
  withNumbers(
    board,
    fields.map((field, index) => {
      const { unit, kind, source } = numberAt(board, field);
      return { field, number: { unit, kind, source, value: values[index]! } };
    }),
  );

function withNumbers(board: Board, numbers: readonly { field: string; number: Sourced }[]): Board {
  const copy = structuredClone(board);
  for (const { field, number } of numbers) {
    const path = parseFieldPath(field);
    let at = copy as unknown as { [key: string]: unknown };
    for (const key of path.slice(0, -1)) at = at[key] as typeof at;
    at[path.at(-1)!] = number;
  }
  return copy;
}

/** The upper end of a range, drawn in to what the board's sensor parts can be set to. Refuses ESC421. */
function withinParts(board: Board, field: string, number: Sourced): Sourced {
  const possible = (high: number): boolean => {
    const { sensors } = withNumbers(board, [{ field, number: { ...number, high } }]);
    const { ppg } = sensors;
    return !ppg || findPpgPart(ppg.part)!.check(ppg.settings).length === 0;
  };
  if (possible(number.high!)) return number;
  if (!possible(number.value)) throw constantUndetermined(field);
  let [good, bad] = [number.value, number.high!];
  for (let step = 0; step < 40; step++) {
    const middle = (good + bad) / 2;
    if (possible(middle)) good = middle;
    else bad = middle;
  }
  return { ...number, high: good };
}

const rounded = (value: number): number => Number(value.toPrecision(5));

/**
 * Which inputs the bands of latency, power and battery life owe most to, so that a user knows what to measure first.
 *
 * Method: each input that has a range is taken as exact at its central value, alone, and the figure computed again. The
 * share is how much of the band goes: 1 - log(high' / low') / log(high / low). A band is a factor between its ends, for
 * sums as for quotients, so shares compare across figures; inputs that multiply need not add up to 1.
 */
import { exact, scale, sum, times, type Estimate } from '../../common/estimate.ts';
import type { Sourced, SourceKind } from '../../common/sourced.ts';
import { band } from '../../boards/band.ts';
import type { Board, SensorName } from '../../boards/board.ts';
import { fieldPath } from '../../boards/check/finding.ts';
import { sourcedNumbers } from '../../boards/check/sourced-walk.ts';
import { joinStages } from '../latency.ts';
import type { Contention } from '../decision/contention.ts';
import { decisionPath, latencyOf } from '../decision/path.ts';
import { averagePower } from '../power/average-power.ts';
import { batteryLife } from '../power/battery-life.ts';
import type { SimulationResult } from '../result.ts';
import { findRuntime } from '../runtimes/index.ts';
import { boardForChannels } from '../sensors/channels.ts';
import { boardSensorPower } from '../sensors/sensor-power.ts';
import { wakeupsPerSecond } from '../sensors/wakeups.ts';
import { howToMeasure } from './how-to-measure.ts';

/** Causes by figure, largest share first. */
export interface Why {
  latencyMs: Cause[];
  averageMw: Cause[];
  batteryHours: Cause[];
}

export interface Cause {
  /** Path in the board file, or a model: "cycle model ...", "law of part ...". */
  input: string;
  kind: SourceKind;
  /** The input's own value and range, as text with its unit. */
  known: string;
  /** Share of the figure's band that goes when this input alone is known exactly, 0 to 1. */
  share: number;
  /** The figure's band then. */
  narrowsTo: Estimate;
  /** What to do about it. */
  measure: string;
}

type Figure = keyof Why;
type Figures = Record<Figure, Estimate>;

/** Everything that a figure rests on and that can be taken as exact. */
interface Inputs {
  board: Board;
  cycles: { total: Estimate; path: Estimate; sample: Estimate };
  contention?: Contention;
  exactLaws: readonly string[];
}

/** Shares below this are not worth a line. */
const leastShare = 0.005;

export function whyOf(result: SimulationResult, given: Board, pipelineSensors: readonly SensorName[]): Why {
  const board = boardForChannels(given, result.ppgChannels);
  const evaluate = (inputs: Inputs) => figuresOf(result, inputs, pipelineSensors);
  const inputs = inputsOf(result, board);
  const all = evaluate(inputs);
  const tried = candidates(result, inputs, pipelineSensors).map(({ frozen, ...about }) => ({
    ...about,
    figures: evaluate(frozen),
  }));
  const causes = (figure: Figure): Cause[] =>
    tried
      .map(({ figures, ...about }): Cause => ({
        ...about,
        share: shareOf(all[figure], figures[figure]),
        narrowsTo: figures[figure],
      }))
      .filter(({ share }) => share >= leastShare)
      .sort((a, b) => b.share - a.share || (a.input < b.input ? -1 : 1));
  return {
    latencyMs: causes('latencyMs'),
    averageMw: causes('averageMw'),
    batteryHours: causes('batteryHours'),
  };
}

/** The cycle model's own bands: a result's cycles hold the board's flash and contention too, end by end. */
function inputsOf(result: SimulationResult, board: Board): Inputs {
  const flash = board.cpu.flashSlowdown ? band(board.cpu.flashSlowdown) : exact(1);
  const { path, total } = joinStages(result.stages, board.cpu.cores.value);
  const cycles = { total: over(total, flash), path: over(path, flash) };
  const like = cycles.total;
  const perSample = result.cyclesPerSample / flash.value;
  const sample = like.value > 0 ? scale(like, perSample / like.value) : exact(perSample);
  const shared = result.latencyParts.find(({ name }) => name === 'contention');
  const contention = shared && {
    ms: { value: shared.ms, low: shared.low, high: shared.high },
    source: shared.source,
  };
  return { board, cycles: { ...cycles, sample }, ...(contention ? { contention } : {}), exactLaws: [] };
}

/** Undoes an interval product. */
const over = (product: Estimate, factor: Estimate): Estimate => ({
  value: product.value / factor.value,
  low: product.low / factor.low,
  high: product.high / factor.high,
});

function figuresOf(
  result: SimulationResult,
  { board, cycles, contention, exactLaws }: Inputs,
  pipelineSensors: readonly SensorName[],
): Figures {
  const { rateHz, hopSeconds } = result;
  const flash = board.cpu.flashSlowdown ? band(board.cpu.flashSlowdown) : exact(1);
  const path = times(cycles.path, flash);
  const latencyParts = decisionPath({
    board,
    pipelineSensors,
    rateHz,
    hopSeconds,
    path,
    cyclesPerSample: times(cycles.sample, flash),
    cyclesSource: '',
    ...(contention ? { contention } : {}),
  });
  const { averageMw } = averagePower({
    board,
    pipelineSensors,
    rateHz,
    samplesPerSecond: rateHz,
    wakeupsPerSecond: wakeupsPerSecond(board, pipelineSensors, rateHz, hopSeconds),
    cyclesPerSample: times(cycles.sample, flash),
    cyclesPerInference: times(cycles.total, flash),
    inferencesPerSecond: 1 / hopSeconds,
    exactLaws,
  });
  return {
    latencyMs: latencyOf(latencyParts),
    averageMw,
    batteryHours: batteryLife(board, averageMw).hours,
  };
}

type Candidate = Pick<Cause, 'input' | 'kind' | 'known' | 'measure'> & { frozen: Inputs };

function candidates(
  result: SimulationResult,
  inputs: Inputs,
  pipelineSensors: readonly SensorName[],
): Candidate[] {
  const { board, cycles, contention } = inputs;
  const runtime = findRuntime(result.runtime).name;
  const model: Candidate = {
    input: `cycle model of ${runtime} on ${result.core}`,
    kind: 'model',
    known: factors(cycles.path),
    measure: 'time one decision on the board: a pin raised around infer(), or the cycle counter',
    frozen: {
      ...inputs,
      cycles: {
        total: exact(cycles.total.value),
        path: exact(cycles.path.value),
        sample: exact(cycles.sample.value),
      },
    },
  };
  const shared: Candidate[] = contention
    ? [
        {
          input: 'contention of parallel branches',
          kind: 'model',
          known: `${digits(contention.ms.value)} ms [${digits(contention.ms.low)}..${digits(contention.ms.high)}]`,
          measure: 'time the branches on two cores and on one',
          frozen: { ...inputs, contention: { ...contention, ms: exact(contention.ms.value) } },
        },
      ]
    : [];
  const laws = boardSensorPower(board, pipelineSensors, result.rateHz).map(({ part, parts }): Candidate => {
    const frontEnd = sum(parts.filter(({ pulse }) => pulse === undefined).map(({ mw }) => mw));
    return {
      input: `law of part ${part}`,
      kind: parts[0]?.kind ?? 'assumed',
      known: `${digits(frontEnd.value)} mW [${digits(frontEnd.low)}..${digits(frontEnd.high)}]`,
      measure: 'measure the supply current of the part at this rate, its LEDs off',
      frozen: { ...inputs, exactLaws: [part] },
    };
  });
  const numbers = [...sourcedNumbers(board)]
    .filter(({ number: { low, high } }) => low !== undefined && high !== undefined && low < high)
    .map(({ path, number }): Candidate => {
      const field = fieldPath(path);
      return {
        input: field,
        kind: number.kind,
        known:
          `${digits(number.value)} ${number.unit} [${digits(number.low!)}..${digits(number.high!)}]`.replace(
            ' 1 [',
            ' [',
          ),
        measure: howToMeasure(field),
        frozen: { ...inputs, board: taken(board, path) },
      };
    });
  return [model, ...shared, ...laws, ...numbers];
}

/** A board in which one number is exact. */
export function taken(board: Board, path: readonly (string | number)[]): Board {
  const copy = structuredClone(board);
  let at = copy as unknown as { [key: string]: unknown };
  for (const key of path.slice(0, -1)) at = at[key] as typeof at;
  const last = path.at(-1)!;
  const { low: _low, high: _high, ...number } = at[last] as Sourced;
  at[last] = { ...number, low: number.value, high: number.value };
  return copy;
}

/** How much of a band goes, 0 to 1. */
function shareOf(before: Estimate, after: Estimate): number {
  const width = widthOf(before);
  if (!(width > 0)) return 0;
  return Math.max(0, Math.min(1, 1 - widthOf(after) / width));
}

/** A factor between the ends; plain where an end is no positive number. */
const widthOf = ({ low, high }: Estimate): number =>
  low > 0 && Number.isFinite(high) ? Math.log(high / low) : high - low;

const factors = ({ value, low, high }: Estimate): string =>
  `x [${digits(low / value)}..${digits(high / value)}]`;

const digits = (value: number): string => String(Number(value.toPrecision(3)));

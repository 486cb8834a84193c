/** Checks a simulated pipeline against its limits, one check a budget, each with a reason that a person can act on. */
import { exact, type Estimate } from '../../common/estimate.ts';
import { band } from '../../boards/band.ts';
import type { Board, SensorName } from '../../boards/board.ts';
import { totalBytes } from '../memory/item.ts';
import type { BudgetCheck, MemoryItem, PartPower, Verdict } from '../result.ts';
import { channelProblem } from '../sensors/channels.ts';
import { missingSensors, sensorTitle } from '../sensors/missing-sensors.ts';
import { boardSensorPower } from '../sensors/sensor-power.ts';
import { bytes, figure, withBand } from './figures.ts';
import { judge, type Direction } from './judge.ts';
import { worstCaseCheck } from './worst-case-check.ts';
import type { WorstLatency } from '../worst-case/worst-latency.ts';
import { throughputCheck } from './throughput.ts';
import { batteryUncertainty, powerUncertainty } from './uncertainty.ts';

export interface BudgetSubject {
  board: Board;
  /** Limits; an absent one is not judged. */
  budgets: { latencyMs?: number; averageMw?: number; batteryHours?: number };
  pipelineSensors: readonly SensorName[];
  ppgChannels: number;
  rateHz: number;
  latencyMs: Estimate;
  /** What the latency's band owes most to, e.g. "the cost table of wasm3". */
  latencyUncertainty: string;
  /** Absent: not asked for. */
  worstCase?: WorstLatency;
  averageMw: Estimate;
  parts: readonly PartPower[];
  batteryHours: Estimate;
  /** Everything in flash and RAM; always judged against the board. */
  memory: readonly MemoryItem[];
  /** Busy share of the critical core and the time between two decisions; always judged. */
  utilization: Estimate;
  hopSeconds: number;
}

export function checkBudgets(subject: BudgetSubject): BudgetCheck[] {
  const { board, budgets } = subject;
  const sensorChecks = checkSensors(subject);
  const lacking = sensorChecks.some((check) => check.verdict === 'fail');
  const checks: BudgetCheck[] = [];

  if (budgets.latencyMs !== undefined) {
    const latency = check(
      'latencyMs',
      'latency',
      budgets.latencyMs,
      subject.latencyMs,
      'at-most',
      'ms',
      subject.latencyUncertainty,
    );
    const worst = subject.worstCase && worstCaseCheck(subject.worstCase, budgets.latencyMs);
    checks.push(
      worst ? { ...latency, worstCase: worst, reason: `${latency.reason} ${worst.reason}` } : latency,
    );
  }
  checks.push(throughputCheck(subject.utilization, subject.hopSeconds));
  if (budgets.averageMw !== undefined) {
    const why = powerUncertainty(subject.parts)[0]?.input;
    const power = check(
      'averageMw',
      'average power',
      budgets.averageMw,
      subject.averageMw,
      'at-most',
      'mW',
      why,
    );
    checks.push(lacking ? withoutSensor(power) : power);
  }
  if (budgets.batteryHours !== undefined) {
    const why = batteryUncertainty(board, subject.averageMw, subject.parts)[0]?.input;
    const life = check(
      'batteryHours',
      'battery life',
      budgets.batteryHours,
      subject.batteryHours,
      'at-least',
      'h',
      why,
    );
    checks.push(lacking ? withoutSensor(life) : life);
  }
  checks.push(...memoryChecks(board, subject.memory), ...sensorChecks);
  return checks;
}

function check(
  budget: BudgetCheck['budget'],
  title: string,
  limit: number,
  actual: Estimate,
  direction: Direction,
  unit: string,
  uncertainty: string | undefined,
): BudgetCheck {
  const verdict = judge(limit, actual, direction);
  const bound = `${direction === 'at-most' ? 'at most' : 'at least'} ${figure(limit)} ${unit}`;
  const says: { [key in Verdict]: string } = {
    pass: `keeps ${bound}`,
    fail: `breaks ${bound}`,
    undecided: `may or may not keep ${bound}: the limit lies inside the band`,
  };
  const owes =
    uncertainty === undefined || actual.high === actual.low ? '' : ` The band owes most to ${uncertainty}.`;
  return {
    budget,
    title,
    limit,
    actual,
    verdict,
    reason: `${capital(title)} of ${withBand(actual, unit)} ${says[verdict]}.${owes}`,
  };
}

/** A power figure that lacks a sensor proves nothing, except that a limit is broken without it already. */
const withoutSensor = (judged: BudgetCheck): BudgetCheck =>
  judged.verdict === 'fail'
    ? judged
    : {
        ...judged,
        verdict: 'undecided',
        reason: `${capital(judged.title)} cannot be judged: a sensor of the pipeline is missing on this board or cannot run at this rate.`,
      };

/** Flash and RAM against what the board leaves free; an assumed share of the chip may leave the verdict open. */
export function memoryChecks(board: Board, items: readonly MemoryItem[]): BudgetCheck[] {
  return (['flash', 'ram'] as const).map((kind): BudgetCheck => {
    const key = kind === 'flash' ? 'flashBytes' : 'ramBytes';
    const need = totalBytes(items, kind);
    const used = need.value;
    const available = board.memory[kind].availableBytes;
    const free = band(available);
    const verdict = judge(free, need, 'at-most');
    const largest = [...items].sort((a, b) => b[key] - a[key])[0];
    const title = `${kind === 'ram' ? 'RAM' : 'flash'} on ${board.cpu.chip}`;
    const says: { [key in Verdict]: string } = {
      pass: `fits into the ${bytes(available.low ?? available.value)} that are free`,
      fail: `does not fit into the ${bytes(available.high ?? available.value)} that can be free at most`,
      undecided:
        free.low === free.high
          ? `may or may not fit into ${bytes(available.value)}: the limit lies inside the band`
          : `may or may not fit: how much is free is known as ${bytes(free.low)} to ${bytes(free.high)}`,
    };
    const item = largest && used > 0 ? ` Largest item: ${largest.name} (${bytes(largest[key])}).` : '';
    const range = need.low === need.high ? '' : ` (${bytes(need.low)} to ${bytes(need.high)})`;
    const widest = [...items].sort((a, b) => width(b, kind) - width(a, kind))[0];
    const owes =
      free.high - free.low >= need.high - need.low
        ? `the free memory: ${available.source}`
        : `${widest!.name}: ${widest!.source}`;
    const why = verdict === 'undecided' ? ` The band owes most to ${owes}.` : '';
    return {
      budget: key,
      title,
      limit: available.value,
      ...(free.low === free.high ? {} : { limitBand: free }),
      actual: need,
      verdict,
      reason: `${capital(title)}: ${bytes(used)}${range} ${says[verdict]}.${item}${why}`,
    };
  });
}

/** How wide an item's band is. */
function width(item: MemoryItem, kind: 'flash' | 'ram'): number {
  const band = kind === 'flash' ? item.flashBand : item.ramBand;
  return band ? band.high - band.low : 0;
}

/** One check a sensor: on the board, and able to make the rate. */
export function checkSensors(
  subject: Pick<BudgetSubject, 'board' | 'pipelineSensors' | 'ppgChannels' | 'rateHz'>,
): BudgetCheck[] {
  const { board, rateHz } = subject;
  const wanted = [...new Set(subject.pipelineSensors)];
  const missing = missingSensors(board, wanted);
  return wanted.map((sensor): BudgetCheck => {
    const title = sensorTitle(sensor);
    const absent = missing.find((entry) => entry.sensor === sensor);
    if (absent) return { ...sensorCheck(title, false), reason: absent.reason };
    const problem = sensor === 'ppg' ? channelProblem(board, subject.ppgChannels) : undefined;
    if (problem) return { ...sensorCheck(title, false), reason: problem };
    const run = boardSensorPower(board, [sensor], rateHz)[0]!;
    if (!run.meetsRate) {
      return {
        ...sensorCheck(title, false),
        reason: run.notes[0] ?? `${run.part} cannot run at ${rateHz} Hz.`,
      };
    }
    return {
      ...sensorCheck(title, true),
      reason: `${board.title} has ${sensor === 'accelerometer' ? 'an' : 'a'} ${title} (${run.part}) and it runs at ${figure(run.actualRateHz)} Hz.`,
    };
  });
}

const sensorCheck = (title: string, present: boolean): Omit<BudgetCheck, 'reason'> => ({
  budget: 'sensor',
  title,
  limit: 1,
  actual: exact(present ? 1 : 0),
  verdict: present ? 'pass' : 'fail',
});

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

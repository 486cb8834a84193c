/**
 * The path of a decision, from the last sample of its window to the answer, in named parts that add up to the latency:
 *
 *   last sample --FIFO--> host wakes --> takes the last samples in --> kernel runs --> decision
 *                                        '--- slower while the governor ramps ---'
 */
import { divide, scale, sum, type Estimate } from '../../common/estimate.ts';
import { band } from '../../boards/band.ts';
import type { Board, SensorName } from '../../boards/board.ts';
import { wakeMs } from '../power/cpu-power.ts';
import type { LatencyPart } from '../result.ts';
import { readsPerHop } from '../sensors/wakeups.ts';
import type { Contention } from './contention.ts';
import { governorLossMs } from './governor.ts';
import { sampleWait } from './sample-wait.ts';

export interface DecisionWork {
  board: Board;
  pipelineSensors: readonly SensorName[];
  rateHz: number;
  hopSeconds: number;
  /** Cycles of the longest path through the kernel, and of taking in one frame. */
  path: Estimate;
  cyclesPerSample: Estimate;
  /** Present where branches run side by side. */
  contention?: Contention;
  /** What the kernel's cycles rest on. */
  cyclesSource: string;
}

export function decisionPath(work: DecisionWork): LatencyPart[] {
  const { board, pipelineSensors, rateHz, hopSeconds, path, cyclesPerSample } = work;
  const clock = band(board.cpu.clock.usedMhz);
  const onClock = (cycles: Estimate): Estimate => scale(divide(cycles, clock), 1e-3);
  const reads = readsPerHop(board, pipelineSensors, rateHz, hopSeconds);
  const lastRead = scale(cyclesPerSample, (rateHz * hopSeconds) / reads);
  const wait = sampleWait(board, pipelineSensors, rateHz, hopSeconds);
  const ramp = governorLossMs(board, sum([lastRead, path]));
  const { wakeUj, governor } = board.cpu;
  const parts: LatencyPart[] = [
    part('sensor FIFO', wait.ms, 'model', wait.source),
    part(
      'wake-up and scheduling',
      wakeMs(board, reads / hopSeconds),
      wakeUj.kind,
      `energy of a wake-up over the active power; ${wakeUj.source}`,
    ),
    part('taking samples in', onClock(lastRead), 'model', `samples of the last read; ${work.cyclesSource}`),
    part('kernel', onClock(path), 'model', work.cyclesSource),
  ];
  if (ramp && governor)
    parts.push(
      part(
        'clock ramp',
        ramp,
        governor.rampMs.kind,
        `from ${governor.startMhz.value} MHz after ${governor.rampMs.value} ms: ${governor.rampMs.source}`,
      ),
    );
  if (work.contention) parts.push(part('contention', work.contention.ms, 'model', work.contention.source));
  return parts;
}

const part = (name: string, ms: Estimate, kind: LatencyPart['kind'], source: string): LatencyPart => ({
  name,
  ms: ms.value,
  low: ms.low,
  high: ms.high,
  kind,
  source,
});

/** Parts add up end by end. */
export const latencyOf = (parts: readonly LatencyPart[]): Estimate =>
  sum(parts.map(({ ms, low, high }) => ({ value: ms, low, high })));

/** Parts that keep a core busy with the decision itself, for a timeline that has the others as events of its own. */
export const computingMs = (parts: readonly LatencyPart[]): Estimate =>
  latencyOf(parts.filter(({ name }) => ['kernel', 'clock ramp', 'contention'].includes(name)));

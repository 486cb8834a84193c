/**
 * Whether the CPU keeps up: the work between two decisions against the time between them, on the core that has most to
 * do. That core takes samples in, is woken for reads and runs the longest path of the decision; branches that other cores
 * take are off it. Beyond the whole time decisions fall behind, however generous the latency budget is.
 */
import { divide, scale, sum, type Estimate } from '../../common/estimate.ts';
import { band } from '../../boards/band.ts';
import type { Board } from '../../boards/board.ts';
import { wakeMs } from '../power/cpu-power.ts';
import type { BudgetCheck, Verdict } from '../result.ts';
import { judge } from './judge.ts';

export interface HopWork {
  board: Board;
  /** Time that the longest path of one decision keeps a core busy. */
  busyMs: Estimate;
  /** Cycles of taking in one frame, and frames of one hop. */
  cyclesPerSample: Estimate;
  samplesPerHop: number;
  readsPerHop: number;
  hopSeconds: number;
}

/** Busy share of the critical core; above 1 it cannot keep up. */
export function utilizationOf(work: HopWork): Estimate {
  const { board, busyMs, cyclesPerSample, samplesPerHop, readsPerHop, hopSeconds } = work;
  const sampling = scale(divide(scale(cyclesPerSample, samplesPerHop), band(board.cpu.clock.usedMhz)), 1e-3);
  const waking = scale(wakeMs(board, readsPerHop / hopSeconds), readsPerHop);
  return scale(sum([busyMs, sampling, waking]), 1e-3 / hopSeconds);
}

const says: { [key in Verdict]: string } = {
  pass: 'keeps up',
  fail: 'cannot keep up: decisions fall behind. Lengthen the hop, lower the rate or choose a faster runtime',
  undecided:
    'may or may not keep up: all of its time lies inside the band. Time one decision on the board to settle it',
};

export function throughputCheck(utilization: Estimate, hopSeconds: number): BudgetCheck {
  const verdict = judge(1, utilization, 'at-most');
  const { value, low, high } = utilization;
  const range = low === high ? '' : ` (${percent(low)} to ${percent(high)})`;
  return {
    budget: 'throughput',
    title: 'throughput',
    limit: 1,
    actual: utilization,
    verdict,
    reason: `The busiest core works ${percent(value)} %${range} of the ${hopSeconds} s between two decisions and ${says[verdict]}.`,
  };
}

/** Per cent without its sign: whole above 10, one digit below, "<0.1". */
const percent = (share: number): string => {
  const hundred = share * 100;
  if (hundred > 0 && hundred < 0.1) return '<0.1';
  return hundred < 10 ? hundred.toFixed(1) : String(Math.round(hundred));
};

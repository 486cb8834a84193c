/**
 * What a decision loses to a clock governor: work that begins on an idle core runs at the start frequency until the governor
 * has seen it busy, then at the clock used.
 *
 *   clock
 *   used  |            ___________
 *   start |___________|
 *         0         ramp           t
 */
import type { Estimate } from '../../common/estimate.ts';
import { band } from '../../boards/band.ts';
import type { Board } from '../../boards/board.ts';

/** Extra milliseconds of so many cycles, both ends with every number at its end; undefined on a board without a governor. */
export function governorLossMs(board: Board, cycles: Estimate): Estimate | undefined {
  const { governor, clock } = board.cpu;
  if (!governor) return undefined;
  const [start, ramp, used] = [governor.startMhz, governor.rampMs, clock.usedMhz].map(band);
  const value = loss(cycles.value, start!.value, ramp!.value, used!.value);
  return {
    value,
    low: Math.min(value, loss(cycles.low, start!.high, ramp!.low, used!.high)),
    high: Math.max(value, loss(cycles.high, start!.low, ramp!.high, used!.low)),
  };
}

/** MHz x 1000 = cycles a millisecond. */
function loss(cycles: number, startMhz: number, rampMs: number, usedMhz: number): number {
  if (startMhz >= usedMhz) return 0;
  const slowMs = Math.min(rampMs, cycles / (startMhz * 1e3));
  return slowMs * (1 - startMhz / usedMhz);
}

/**
 * How long a finished window waits for its last sample to reach the host. A FIFO is read so that a read falls on each
 * decision; that is exact where its watermark, a whole number of samples, divides the hop. Else a timer reads it, and its
 * clock is not the sensor's: the wait lies anywhere within one sample. A rate that the host interpolates needs the sample
 * that follows the end of the window.
 */
import { exact, larger, type Estimate } from '../../common/estimate.ts';
import type { Board, SensorName } from '../../boards/board.ts';
import { rateTolerance } from '../../boards/parts/rates.ts';
import { boardSensorPower, type SensorPower } from '../sensors/sensor-power.ts';
import { readsPerHop } from '../sensors/wakeups.ts';

export interface SampleWait {
  ms: Estimate;
  source: string;
}

export function sampleWait(
  board: Board,
  sensors: readonly SensorName[],
  rateHz: number,
  hopSeconds: number,
): SampleWait {
  const reads = readsPerHop(board, sensors, rateHz, hopSeconds);
  const waits = boardSensorPower(board, sensors, rateHz).map((run) => waitOf(run, rateHz, hopSeconds, reads));
  if (waits.length === 0) return { ms: exact(0), source: 'no sensor of the pipeline runs on this board' };
  return {
    ms: waits.map(({ ms }) => ms).reduce(larger),
    source: [...new Set(waits.map(({ source }) => source))].join('; '),
  };
}

function waitOf(run: SensorPower, rateHz: number, hopSeconds: number, reads: number): SampleWait {
  const periodMs = 1000 / run.actualRateHz;
  const anywhere = { value: periodMs / 2, low: 0, high: periodMs };
  if (run.actualRateHz > rateHz * (1 + rateTolerance))
    return {
      ms: anywhere,
      source: `${run.part} runs at ${Number(run.actualRateHz.toPrecision(6))} Hz: the sample that follows the window's end is waited for`,
    };
  const frames = (rateHz * hopSeconds) / reads;
  if (Math.abs(frames - Math.round(frames)) > 1e-6)
    return {
      ms: anywhere,
      source: `${frames.toFixed(1)} samples a read are no watermark of ${run.part}: a timer reads its FIFO, within one sample`,
    };
  return {
    ms: exact(0),
    source: `the watermark of ${run.part} is ${Math.round(frames)} samples, so that a read falls on the last sample of a window`,
  };
}

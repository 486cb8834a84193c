/** What a running pipeline asks of a board, per second. */
import { exact, type Estimate } from '../../common/estimate.ts';
import { rateNotPositive, workloadNotFinite } from '../../common/refusals/board.ts';
import type { Board, SensorName } from '../../boards/board.ts';

export interface Workload {
  board: Board;
  pipelineSensors: readonly SensorName[];
  /** Sampling rate asked of the sensors, in Hz. */
  rateHz: number;
  /** Frames a second that the kernel takes in. */
  samplesPerSecond: number;
  /** Times a second that the CPU wakes to read sensors: see `wakeupsPerSecond`. */
  wakeupsPerSecond: number;
  /** Cycles to take in one frame. */
  cyclesPerSample: Estimate;
  /** Cycles of one decision, summed over all busy cores. */
  cyclesPerInference: Estimate;
  inferencesPerSecond: number;
  /** Messages sent by radio. */
  radio?: { bytesPerMessage: number; messagesPerSecond: number };
  /** Parts whose laws are taken as exact, to tell what a band owes to them. */
  exactLaws?: readonly string[];
  /** Tries settings that the sensor parts may not have. */
  unchecked?: boolean;
}

/** Refuses rates and amounts that are not numbers of zero or more (ESC406, ESC408). */
export function checkWorkload(workload: Workload): void {
  if (!(workload.rateHz > 0) || !Number.isFinite(workload.rateHz)) throw rateNotPositive(workload.rateHz);
  const amounts: [string, number | undefined][] = [
    ['samplesPerSecond', workload.samplesPerSecond],
    ['wakeupsPerSecond', workload.wakeupsPerSecond],
    ['inferencesPerSecond', workload.inferencesPerSecond],
    ['radio.bytesPerMessage', workload.radio?.bytesPerMessage],
    ['radio.messagesPerSecond', workload.radio?.messagesPerSecond],
    ['cyclesPerSample', workload.cyclesPerSample.value],
    ['cyclesPerSample.low', workload.cyclesPerSample.low],
    ['cyclesPerSample.high', workload.cyclesPerSample.high],
    ['cyclesPerInference', workload.cyclesPerInference.value],
    ['cyclesPerInference.low', workload.cyclesPerInference.low],
    ['cyclesPerInference.high', workload.cyclesPerInference.high],
  ];
  for (const [name, amount] of amounts) {
    if (amount !== undefined && !(amount >= 0 && Number.isFinite(amount)))
      throw workloadNotFinite(name, amount);
  }
}

/** Sensors running, nothing computed: for looking at the sensor side alone. */
export const idleWorkload = (board: Board, sensors: readonly SensorName[], rateHz: number): Workload => ({
  board,
  pipelineSensors: sensors,
  rateHz,
  samplesPerSecond: 0,
  wakeupsPerSecond: 0,
  cyclesPerSample: exact(0),
  cyclesPerInference: exact(0),
  inferencesPerSecond: 0,
});

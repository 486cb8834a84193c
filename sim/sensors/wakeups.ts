/** How often the host must wake to read sensors: before a FIFO is full, evenly, so that a read falls on each decision. */
import type { Board, SensorName } from '../../boards/board.ts';
import { boardSensorPower } from './sensor-power.ts';

/** Reads between two decisions, at least one; the part whose FIFO fills first decides. `hopSeconds`: time between two decisions. */
export function readsPerHop(
  board: Board,
  sensors: readonly SensorName[],
  rateHz: number,
  hopSeconds: number,
  unchecked = false,
): number {
  const reads = boardSensorPower(board, sensors, rateHz, { unchecked }).map((run) =>
    Math.ceil((run.actualRateHz * hopSeconds) / run.fifoFrames.value),
  );
  return Math.max(1, ...reads);
}

/** Wake-ups a second when the host lets FIFOs fill up. */
export const wakeupsPerSecond = (
  board: Board,
  sensors: readonly SensorName[],
  rateHz: number,
  hopSeconds: number,
  unchecked = false,
): number => readsPerHop(board, sensors, rateHz, hopSeconds, unchecked) / hopSeconds;

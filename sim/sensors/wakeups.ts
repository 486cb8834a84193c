/** How often the host must wake to read sensors: each part before its FIFO is full, and once a decision at least. */
import type { Board, SensorName } from '../../boards/board.ts';
import { boardSensorPower } from './sensor-power.ts';

/** Wake-ups a second when the host lets FIFOs fill up. `hopSeconds`: time between two decisions. */
export function wakeupsPerSecond(
  board: Board,
  sensors: readonly SensorName[],
  rateHz: number,
  hopSeconds: number,
): number {
  const reads = boardSensorPower(board, sensors, rateHz).map(
    (run) => run.actualRateHz / run.fifoFrames.value,
  );
  return Math.max(1 / hopSeconds, ...reads);
}

/** Sensor-side power at the battery: sensor parts, their regulators, and a baseline that published figures include. */
import { sum, type Estimate } from '../../common/estimate.ts';
import type { Board, SensorName } from '../../boards/board.ts';
import { idleWorkload } from './workload.ts';
import { loadsOf } from './loads.ts';
import { regulatorLoads } from './regulators.ts';

/** mW of the sensor side at a rate; `baseline: false` leaves the board's fixed part out. */
export function sensorSideMw(
  board: Board,
  sensors: readonly SensorName[],
  rateHz: number,
  { baseline }: { baseline: boolean } = { baseline: true },
): Estimate {
  const { loads } = loadsOf(idleWorkload(board, sensors, rateHz));
  const fed = baseline ? loads : loads.filter((load) => load.name !== 'board fixed part');
  return sum([...fed, ...regulatorLoads(board, fed)].filter((load) => load.sensor).map((load) => load.mw));
}

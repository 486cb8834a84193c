/** Hours that a board's battery lasts at an average power: capacity x age x voltage x usable fraction / power. */
import { divide, exact, times, type Estimate } from '../../common/estimate.ts';
import { band } from '../../boards/band.ts';
import type { Board } from '../../boards/board.ts';

export interface BatteryLife {
  hours: Estimate;
  /** Nominal: capacity x voltage, before age and usable fraction. */
  capacityMwh: number;
  /** What of it a user gets before the board shuts down, the cell as old as it is. */
  usableMwh: Estimate;
}

export function batteryLife(board: Board, averageMw: Estimate | number): BatteryLife {
  const { capacityMah, volts, usableFraction, ageing } = board.battery;
  const factors = [capacityMah, ageing, volts, usableFraction].map(band);
  const energyMwh = factors.reduce(times);
  return {
    hours: divide(energyMwh, typeof averageMw === 'number' ? exact(averageMw) : averageMw),
    capacityMwh: capacityMah.value * volts.value,
    usableMwh: energyMwh,
  };
}

/** Hours that a board's battery lasts at an average power: capacity x voltage x usable fraction / power. */
import { divide, exact, times, type Estimate } from '../../common/estimate.ts';
import { band } from '../../boards/band.ts';
import type { Board } from '../../boards/board.ts';

export interface BatteryLife {
  hours: Estimate;
  /** Nominal: capacity x voltage, before the usable fraction. */
  capacityMwh: number;
}

export function batteryLife(board: Board, averageMw: Estimate | number): BatteryLife {
  const { capacityMah, volts, usableFraction } = board.battery;
  const energyMwh = times(times(band(capacityMah), band(volts)), band(usableFraction));
  return {
    hours: divide(energyMwh, typeof averageMw === 'number' ? exact(averageMw) : averageMw),
    capacityMwh: capacityMah.value * volts.value,
  };
}

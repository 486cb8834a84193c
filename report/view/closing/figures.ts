/** A budget's figures in its own unit. */
import type { BudgetCheck } from '../../../sim/result.ts';
import {
  bytes,
  durationBand,
  hoursBand,
  powerBand,
  setBytes,
  setDuration,
  setHours,
  setPower,
} from '../../text/quantity.ts';

/** "212 ms [190..240]", "143 KiB"; a sensor has no figure. */
export function actualText({ budget, actual }: BudgetCheck): string {
  switch (budget) {
    case 'latencyMs':
      return durationBand(actual);
    case 'averageMw':
      return powerBand(actual);
    case 'batteryHours':
      return hoursBand(actual);
    case 'flashBytes':
    case 'ramBytes':
      return actual.low === actual.high
        ? bytes(actual.value)
        : `${bytes(actual.value)} [${bytes(actual.low)}..${bytes(actual.high)}]`;
    case 'sensor':
      return '';
  }
}

/** "500 ms", "256 KiB". */
export function limitText({ budget, limit }: BudgetCheck): string {
  switch (budget) {
    case 'latencyMs':
      return setDuration(limit);
    case 'averageMw':
      return setPower(limit);
    case 'batteryHours':
      return setHours(limit);
    case 'flashBytes':
    case 'ramBytes':
      return setBytes(limit);
    case 'sensor':
      return '';
  }
}

/** How far beyond its limit, e.g. 1.6: latency, power and memory over it, hours of battery under it. */
export const overrun = ({ budget, actual, limit }: BudgetCheck): number =>
  budget === 'batteryHours' ? limit / actual.value : actual.value / limit;

/** A budget's figures in its own unit. */
import type { BudgetCheck } from '../../../sim/result.ts';
import {
  bytesBand,
  durationBand,
  hoursBand,
  percentBand,
  powerBand,
  setBytes,
  setDuration,
  setHours,
  setPower,
} from '../../text/quantity.ts';
import { plainNumber } from '../../text/number.ts';

/** "212 ms [190..240]", "143 KiB"; a sensor has no figure. */
export function actualText({ budget, actual }: BudgetCheck): string {
  switch (budget) {
    case 'latencyMs':
      return durationBand(actual);
    case 'throughput':
      return percentBand(actual);
    case 'averageMw':
      return powerBand(actual);
    case 'batteryHours':
      return hoursBand(actual);
    case 'flashBytes':
    case 'ramBytes':
      return bytesBand(actual);
    case 'sensor':
      return '';
  }
}

/** "500 ms", "256 KiB". */
export function limitText({ budget, limit, limitBand }: BudgetCheck): string {
  switch (budget) {
    case 'latencyMs':
      return setDuration(limit);
    case 'throughput':
      return `${plainNumber(limit * 100)} %`;
    case 'averageMw':
      return setPower(limit);
    case 'batteryHours':
      return setHours(limit);
    case 'flashBytes':
    case 'ramBytes':
      return limitBand ? bytesBand(limitBand) : setBytes(limit);
    case 'sensor':
      return '';
  }
}

/** How far beyond its limit, e.g. 1.6: latency, power and memory over it, hours of battery under it. */
export const overrun = ({ budget, actual, limit }: BudgetCheck): number =>
  budget === 'batteryHours' ? limit / actual.value : actual.value / limit;

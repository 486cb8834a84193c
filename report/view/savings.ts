/** Sensor power that a lower sampling rate saves on a board, beside what was published. */
import type { SystemReport, VariantReport } from '../run-report.ts';
import { claimsOf } from './claims.ts';
import { ratesOf, resultsAt } from './select.ts';

export interface Saving {
  fromHz: number;
  toHz: number;
  /** Fraction 0..1 of the sensor power at `fromHz`. */
  saved: number;
  /** As published, when the system's paper says so: with what it was used for, "53 %, fitted". */
  published?: string;
}

/** Sensor power in mW at a rate; it does not depend on the runtime. */
const sensorMw = (variant: VariantReport, board: string, rateHz: number): number | undefined =>
  resultsAt(variant, { board, rateHz })[0]?.power.sensorMw;

/** The published pairs of rates, on the board they were measured on; else the highest rate against the lowest. */
export function savingsOf(system: SystemReport, variant: VariantReport, board: string): Saving[] {
  const rates = ratesOf(variant);
  const known = claimsOf(system.name);
  const claims = known?.savingsBoard === board ? known.sensorSavings : [];
  const here = resultsAt(variant, { board })[0]?.ppgChannels ?? 0;
  const pairs: readonly { fromHz: number; toHz: number; published?: string }[] =
    claims.length > 0
      ? claims.map(({ fromHz, toHz, published, role, channels }) => ({
          fromHz,
          toHz,
          published: `${channels === here ? '' : `with ${channels} channels `}${published}, ${role}`,
        }))
      : [{ fromHz: rates[rates.length - 1] ?? 0, toHz: rates[0] ?? 0 }];
  return pairs.flatMap(({ fromHz, toHz, published }) => {
    const from = sensorMw(variant, board, fromHz);
    const to = sensorMw(variant, board, toHz);
    if (fromHz === toHz || from === undefined || to === undefined || from === 0) return [];
    return [{ fromHz, toHz, saved: 1 - to / from, ...(published === undefined ? {} : { published }) }];
  });
}

/** Which input a band owes most to, for reasons and for "what to measure first". */
import type { Estimate } from '../../common/estimate.ts';
import type { Board } from '../../boards/board.ts';
import { band } from '../../boards/band.ts';
import type { PartPower } from '../result.ts';

export interface Contribution {
  input: string;
  /** Share of the band's width, 0 to 1. */
  share: number;
}

/** Parts by their share of the width of the average power's band, widest first. */
export function powerUncertainty(parts: readonly PartPower[]): Contribution[] {
  const width = parts.reduce((total, part) => total + (part.high - part.low), 0);
  if (width <= 0) return [];
  return parts
    .map((part) => ({ input: `the power of ${part.name}`, share: (part.high - part.low) / width }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share);
}

/** Factors of battery life by the share of their relative span (logarithmic: the hours are a quotient). */
export function batteryUncertainty(
  board: Board,
  averageMw: Estimate,
  parts: readonly PartPower[],
): Contribution[] {
  const factors: [string, Estimate][] = [
    [powerUncertainty(parts)[0]?.input ?? 'the average power', averageMw],
    ['the battery capacity', band(board.battery.capacityMah)],
    ['the battery voltage', band(board.battery.volts)],
    ['the age of the battery', band(board.battery.ageing)],
    ['the usable fraction of the battery', band(board.battery.usableFraction)],
  ];
  const spans = factors.map(([input, { low, high }]) => ({
    input,
    span: low > 0 ? Math.log(high / low) : Infinity,
  }));
  const total = spans.reduce((sum, { span }) => sum + span, 0);
  if (!(total > 0)) return [];
  return spans
    .map(({ input, span }) => ({
      input,
      share: Number.isFinite(total) ? span / total : span === Infinity ? 1 : 0,
    }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share);
}

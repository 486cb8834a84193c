/** Numbers with as many digits as they deserve: three significant ones, as a cost model has no more. */
import type { Estimate } from '../../common/estimate.ts';

/** Decimals after the point that give `digits` significant digits; none from 100 on. */
export function decimalsFor(value: number, digits = 3): number {
  if (!Number.isFinite(value) || value === 0) return 0;
  const magnitude = Math.floor(Math.log10(Number(Math.abs(value).toPrecision(digits))));
  return Math.min(9, Math.max(0, digits - 1 - magnitude));
}

/** Groups of three from 10 000 on: "12,345". */
function grouped(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const digits = whole.replace('-', '');
  const shown = digits.length < 5 ? whole : whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? shown : `${shown}.${fraction}`;
}

/** A number with a given count of decimals. */
export const fixed = (value: number, decimals: number): string =>
  Number.isFinite(value) ? grouped(value.toFixed(decimals).replace(/^-(0(?:\.0*)?)$/, '$1')) : '-';

/** A number with three significant digits and no exponent: 212.34 -> "212", 0.01234 -> "0.0123". */
export const significant = (value: number, digits = 3): string => fixed(value, decimalsFor(value, digits));

/** The band alone, "[190..240]", with the decimals of the value; empty for an exact figure. */
export function band(estimate: Estimate, decimals = decimalsFor(estimate.value)): string {
  if (estimate.low === estimate.high) return '';
  return `[${fixed(estimate.low, decimals)}..${fixed(estimate.high, decimals)}]`;
}

/** Value and band: "212 [190..240]"; with a unit "212 ms [190..240]". */
export function withBand(estimate: Estimate, unit = '', decimals = decimalsFor(estimate.value)): string {
  return [fixed(estimate.value, decimals), unit, band(estimate, decimals)].filter(Boolean).join(' ');
}

/** A number that was set, not measured: as short as it can be written, 64 and not "64.0". */
export const plainNumber = (value: number): string => grouped(String(Number(value.toPrecision(6))));

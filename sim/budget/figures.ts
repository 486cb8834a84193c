/** Figures in sentences: three significant digits at least, never in exponent form. */
import type { Estimate } from '../../common/estimate.ts';

export function figure(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const magnitude = Math.abs(value);
  if (magnitude >= 100 || magnitude === 0) return String(Math.round(value));
  const digits = Math.max(0, 2 - Math.floor(Math.log10(magnitude)));
  return String(Number(value.toFixed(Math.min(digits, 12))));
}

/** "412 ms (310 to 600)"; without the band when there is none. */
export function withBand(actual: Estimate, unit: string): string {
  const value = `${figure(actual.value)} ${unit}`;
  return actual.low === actual.high ? value : `${value} (${figure(actual.low)} to ${figure(actual.high)})`;
}

export const bytes = (count: number): string => {
  if (count < 1024) return `${count} bytes`;
  return count < 1048576 ? `${figure(count / 1024)} KiB` : `${figure(count / 1048576)} MiB`;
};

/** Physical quantities in the unit that reads best, bands in the unit of their value. */
import { scale, type Estimate } from '../../common/estimate.ts';
import { fixed, plainNumber, significant, withBand } from './number.ts';

interface Unit {
  factor: number;
  name: string;
  /** The least value for which the unit is used; its factor by default. */
  from?: number;
}

/** Picks the first unit that is not too large; the last one is for all that is smaller. */
const choose = (value: number, units: readonly Unit[]): Unit =>
  units.find((unit) => Math.abs(value) >= (unit.from ?? unit.factor)) ?? units[units.length - 1]!;

const MILLISECONDS: readonly Unit[] = [
  { factor: 1000, name: 's' },
  { factor: 1, name: 'ms' },
  { factor: 0.001, name: 'µs' },
];
const MILLIWATTS: readonly Unit[] = [
  { factor: 1000, name: 'W' },
  { factor: 1, name: 'mW', from: 0.1 },
  { factor: 0.001, name: 'µW' },
];
const BYTES: readonly Unit[] = [
  { factor: 1024 ** 3, name: 'GiB' },
  { factor: 1024 ** 2, name: 'MiB' },
  { factor: 1024, name: 'KiB' },
  { factor: 1, name: 'B' },
];
const COUNTS: readonly Unit[] = [
  { factor: 1e9, name: 'G' },
  { factor: 1e6, name: 'M' },
  { factor: 1e3, name: 'k' },
  { factor: 1, name: '' },
];

function scaled(value: number, units: readonly Unit[]): string {
  const unit = choose(value, units);
  return `${significant(value / unit.factor)} ${unit.name}`.trim();
}

/** The same for a number that was set, such as a limit or a clock. */
function set(value: number, units: readonly Unit[]): string {
  const unit = choose(value, units);
  return `${plainNumber(value / unit.factor)} ${unit.name}`.trim();
}

function scaledEstimate(estimate: Estimate, units: readonly Unit[]): string {
  const unit = choose(estimate.value, units);
  return withBand(scale(estimate, 1 / unit.factor), unit.name);
}

/** "212 ms", "2.14 s" from milliseconds. */
export const duration = (ms: number): string => (ms === 0 ? '0 ms' : scaled(ms, MILLISECONDS));
/** "212 ms [190..240]" from milliseconds. */
export const durationBand = (ms: Estimate): string => scaledEstimate(ms, MILLISECONDS);
/** "31.2 mW", "42 µW" from milliwatts. */
export const power = (mw: number): string => (mw === 0 ? '0 mW' : scaled(mw, MILLIWATTS));
export const powerBand = (mw: Estimate): string => scaledEstimate(mw, MILLIWATTS);
/** "43.1 h [37.0..50.2]" from hours. */
export const hoursBand = (hours: Estimate): string => withBand(hours, 'h');
/** "143 KiB", "640 B" from bytes. */
export const bytes = (count: number): string => (count < 1024 ? `${count} B` : scaled(count, BYTES));
/** "768 KiB [512..992]": ends in the unit of the value. */
export function bytesBand(count: Estimate): string {
  if (count.low === count.high) return bytes(count.value);
  const { factor, name } = choose(count.value, BYTES);
  const [value, low, high] = [count.value, count.low, count.high].map((end) =>
    plainNumber(Number((end / factor).toPrecision(4))),
  );
  return `${value} ${name} [${low}..${high}]`;
}
/** "3.33 M" from a plain count, e.g. of cycles or MACs. */
export const count = (value: number): string => (value < 1000 ? fixed(value, 0) : scaled(value, COUNTS));
export const countBand = (value: Estimate): string => scaledEstimate(value, COUNTS);
/** "36.0 %" from a fraction 0..1. */
export const percent = (fraction: number, decimals = 1): string => `${fixed(fraction * 100, decimals)} %`;
/** "16.2 % [13.9..24.1]" from fractions. */
export const percentBand = (fraction: Estimate): string => withBand(scale(fraction, 100), '%');
/** Share of a whole with a floor: "<0.1 %" instead of a zero that is none. */
export const share = (part: number, whole: number): string => {
  const fraction = whole > 0 ? part / whole : 0;
  return fraction > 0 && fraction < 0.001 ? '<0.1 %' : percent(fraction);
};
/** "25 Hz"; fractions of a hertz are kept, as native sensor rates have them. */
export const hertz = (rate: number): string => `${plainNumber(rate)} Hz`;
/** Limits and settings: "500 ms", "100 mW", "48 h", "256 KiB", "64 MHz". */
export const setDuration = (ms: number): string => set(ms, MILLISECONDS);
export const setPower = (mw: number): string => set(mw, MILLIWATTS);
export const setHours = (hours: number): string => `${plainNumber(hours)} h`;
export const setSeconds = (seconds: number): string => `${plainNumber(seconds)} s`;
export const setBytes = (count: number): string => set(count, BYTES);
export const clock = (mhz: number): string => `${set(mhz * 1e6, COUNTS)}Hz`;
/** "10x", "3.4x" for a ratio. */
export const ratio = (value: number): string => `${significant(value, 2)}x`;

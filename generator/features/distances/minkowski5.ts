import { roundShift } from '../../stages/integer.ts';
import { bitsOf, toFixed } from '../integer/scaled.ts';
import { differences, total, type DistanceDefinition } from './distance.ts';

/** (sum of |d|^5)^(1/5) */
export const minkowski5: DistanceDefinition = {
  inUnits: true,
  routine: 'minkowski5',
  bits: bitsFor,
  float: (a, b) => Array.from(a).reduce((sum, x, i) => sum + Math.abs(x - b[i]) ** 5, 0) ** 0.2,
  reference(a, b, factor) {
    const d = differences(a, b);
    const peak = d.reduce((most, v) => (v > most ? v : most), 0n);
    if (peak === 0n) return 0;
    const exponent = bitsOf(peak) - bitsFor(a.length);
    const [left, right] = [BigInt(Math.max(-exponent, 0)), BigInt(Math.max(exponent, 0))];
    const sum = total(d.map((v) => roundShift(v << left, right) ** 5n));
    return toFixed(fifthRoot(sum), exponent - 8, factor);
  },
  // Differences of `bits` are off by half a step each where the largest is at least 2^(bits - 1); the root by 2^-8 of a step.
  bound(a, b) {
    const share = (a.length ** 0.2 / 2 + 2 ** -7) / 2 ** (bitsFor(a.length) - 1);
    return minkowski5.float(a, b) * (share + 2 ** -17);
  },
};

/** Bits of a difference whose fifth powers sum to less than 2^62. */
function bitsFor(count: number): number {
  return Math.floor((61.9 - Math.log2(count)) / 5);
}

function fifthRoot(v: bigint): bigint {
  let root = 0n;
  for (let bit = 4096n; bit > 0n; bit >>= 1n) if ((root | bit) ** 5n <= v) root |= bit;
  const fourth = root ** 4n;
  return (root << 8n) + ((v - fourth * root) << 8n) / (5n * fourth);
}

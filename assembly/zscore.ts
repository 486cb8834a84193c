/**
 * Normalises one channel of the ring into the model's input: (x - mean) / (std + epsilon), divisor n.
 * The TypeScript twin is in generator/stages/zscore.ts, with the derivation of `gain`, `shift` and `epsilon`.
 *
 * With d = n x - sum (exact), the result is d sqrt(n) / (sqrt(sum of d^2) + epsilon n sqrt(n)): the mean is never rounded.
 * d is brought to 24 bits by one exponent for the window, so that the squares of 16384 steps fit 63 bits.
 */
import { divideRound, roundShift64, saturate16 } from "./fixed";
import { isqrt } from "./isqrt";

/** n x - sum, as 24 bits and sign. */
// @ts-ignore: decorator
@inline
function deviation(x: i32, n: i64, sum: i64, left: i64, right: i64): i64 {
  return roundShift64((n * <i64>x - sum) << left, right);
}

/**
 * @param ring channel's value in slot 0, `frameBytes` from slot to slot, |value| <= 2^30, at most 16384 slots
 * @param slot the oldest frame
 * @param gain sqrt(n) / (output step) in Q`shift`, below 2^60
 * @param epsilon in units of the root, in Q`guard`, 24 <= guard <= 32, below 2^62
 * @param output first i16 of the channel, `stride` bytes from step to step
 */
export function zscore(
  ring: usize,
  slot: i32,
  steps: i32,
  frameBytes: i32,
  gain: i64,
  shift: i64,
  epsilon: i64,
  guard: i64,
  output: usize,
  stride: i32,
): void {
  const end = ring + <usize>(steps * frameBytes);
  const n = <i64>steps;

  let sum: i64 = 0;
  let low = i32.MAX_VALUE;
  let high = i32.MIN_VALUE;
  for (let at = ring; at < end; at += frameBytes) {
    const x = load<i32>(at);
    sum += <i64>x;
    low = min(low, x);
    high = max(high, x);
  }

  const peak = max(n * <i64>high - sum, sum - n * <i64>low);
  const bits = 64 - clz(peak);
  const left = max<i64>(24 - bits, 0);
  const right = max<i64>(bits - 24, 0);

  let power: i64 = 0;
  for (let at = ring; at < end; at += frameBytes) {
    const u = deviation(load<i32>(at), n, sum, left, right);
    power += u * u;
  }

  // A constant channel has peak 0 and becomes zero.
  const divisor = isqrt(power, 0) + (epsilon >> (guard + right - left));
  const multiplier: i64 = peak == 0 ? 0 : divideRound(gain, divisor);

  let at = ring + <usize>(slot * frameBytes);
  for (let step = 0; step < steps; step++) {
    const u = deviation(load<i32>(at), n, sum, left, right);
    store<i16>(output, saturate16(<i32>roundShift64(u * multiplier, shift)));
    output += stride;
    at += frameBytes;
    if (at == end) at = ring;
  }
}

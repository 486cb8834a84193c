/** Brings one channel of the ring into the format of the model's input by a constant factor. */
import { roundShift64, saturate16, saturate32 } from "./fixed";

/**
 * output = saturate(x * multiplier / 2^shift), oldest frame first.
 *
 * @param ring channel's value in slot 0, `frameBytes` from slot to slot, |value| <= 2^30
 * @param output first i16 of the channel, `stride` bytes from step to step
 */
export function scale(
  ring: usize,
  slot: i32,
  steps: i32,
  frameBytes: i32,
  multiplier: i32,
  shift: i64,
  output: usize,
  stride: i32,
): void {
  const end = ring + <usize>(steps * frameBytes);
  let at = ring + <usize>(slot * frameBytes);
  for (let step = 0; step < steps; step++) {
    const product = <i64>load<i32>(at) * <i64>multiplier;
    store<i16>(output, saturate16(saturate32(roundShift64(product, shift))));
    output += stride;
    at += frameBytes;
    if (at == end) at = ring;
  }
}

/** Features into the model's input where both have the same units, the features 14 bits more of them. */
import { roundShift32, saturate16 } from "./fixed";

/** features: i32[count]; output: i16[count] = feature / 2^14 */
export function narrowFeatures(features: usize, count: i32, output: usize): void {
  for (const end = features + (<usize>count << 2); features < end; features += 4) {
    const feature = min(load<i32>(features), 0x7fffdfff); // room for the rounding half
    store<i16>(output, saturate16(roundShift32(feature, 14)));
    output += 2;
  }
}

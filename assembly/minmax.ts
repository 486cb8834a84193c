/**
 * Brings every feature from its own range to 0 .. 1, clipped. TypeScript twin: generator/features/minmax-stage.ts.
 *
 *   rows, i32[features][4]:  +0 low  +4 span  +8 m  +12 shift      0 <= span < 2^31
 */
import { roundShift64, saturate16, saturate32 } from "./fixed";

/** features: i32[count]; output: i16[count] */
export function minmax(features: usize, count: i32, rows: usize, output: usize): void {
  for (const end = features + (<usize>count << 2); features < end; features += 4) {
    const span = <i64>load<i32>(rows, 4);
    const above = <i64>load<i32>(features) - <i64>load<i32>(rows);
    const clipped = above < 0 ? 0 : above > span ? span : above;
    const scaled = roundShift64(clipped * <i64>load<i32>(rows, 8), <i64>load<i32>(rows, 12));
    store<i16>(output, saturate16(saturate32(scaled)));
    rows += 16;
    output += 2;
  }
}

const A: usize = 1024;
const B: usize = 8192;
const C: usize = 16384;
/** Samples of 8 bits in units of 1/128: sums and products of a few are exact, so fused operations round the same. */
function fill(): void {
  let s: u32 = 20250;
  for (let i: usize = 0; i < 6000; i += 4) {
    s = s * 1664525 + 1013904223;
    store<f32>(A + i, <f32>(<i32>s >> 24) * 0.0078125);
    store<f32>(B + i, <f32>((<i32>s << 8) >> 24) * 0.0078125);
    store<i16>(C + (i >> 1), <i16>(s >> 12));
  }
}
function f(k: i32): i32 {
  let peaks: i32 = 0, high: f32 = 0, low: f32 = 0, floor: f32 = 0;
  for (let i: usize = 4; i < 1000; i += 4) {
    const before = load<f32>(A + i - 4), v = load<f32>(A + i), after = load<f32>(A + i + 4);
    if (v > before && v >= after) {
      if (v > floor) {
        peaks++;
        floor = v * <f32>0.75;
      }
      high = max<f32>(high, v);
    } else {
      floor -= <f32>0.015625;
      low = min<f32>(low, v);
    }
  }
  return peaks * 100 + <i32>(high - low) + k;
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

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
  let crossings: i32 = 0, turns: i32 = 0, length: f32 = 0;
  let before = load<f32>(A), rise: f32 = 0;
  for (let i: usize = 4; i < 1200; i += 4) {
    const v = load<f32>(A + i);
    if (before * v < 0) crossings++;
    const step = v - before;
    if (step * rise < 0 && abs<f32>(step) > <f32>0.25) turns++;
    length += abs<f32>(step);
    rise = step;
    before = v;
  }
  return crossings * 1000 + turns + <i32>length + k;
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

const A: usize = 1024;
const B: usize = 8192;
const C: usize = 16384;
const D: usize = 32768;
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
/** Three pieces, as a gate is often approximated. */
function curve(x: f32, gain: f32): f32 {
  const v = x * gain;
  if (v > <f32>2.5) return 1;
  if (v < <f32>-2.5) return -1;
  const s = v * v;
  let p: f32 = <f32>0.25;
  for (let i: i32 = 0; i < 3; i++) p = p * s * <f32>0.125 + <f32>0.75;
  return v * p;
}
function f(k: i32): i32 {
  let h: i32 = 0;
  for (let i: usize = 0; i < 160; i += 4) {
    const keep = curve(load<f32>(A + i), 2);
    const take = curve(load<f32>(A + 160 + i), 3);
    const shown = curve(keep * load<f32>(B + i) + take * load<f32>(B + 160 + i), 1);
    store<f32>(D + i, shown);
    h += <i32>(shown * 256);
  }
  return h + k;
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

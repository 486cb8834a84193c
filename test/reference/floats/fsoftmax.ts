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
function exp(x: f32): f32 {
  const t = x * <f32>1.44269504;
  const whole = <i32>t;
  const r = (t - <f32>whole) * <f32>0.6931472;
  const p = <f32>1 + r * (<f32>1 + r * (<f32>0.5 + r * (<f32>0.16666667 + r * <f32>0.041666668)));
  return p * reinterpret<f32>((whole + 127) << 23);
}
function f(k: i32): i32 {
  let most: f32 = load<f32>(A);
  for (let i: usize = 4; i < 128; i += 4) {
    const v = load<f32>(A + i);
    if (v > most) most = v;
  }
  let sum: f32 = 0;
  for (let i: usize = 0; i < 128; i += 4) {
    const e = exp((load<f32>(A + i) - most) * 8);
    store<f32>(D + i, e);
    sum += e;
  }
  let h: i32 = 0;
  for (let i: usize = 0; i < 128; i += 4) {
    const p = load<f32>(D + i) / sum;
    store<f32>(D + i, p);
    h += <i32>(p * 1000);
  }
  return h + k;
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

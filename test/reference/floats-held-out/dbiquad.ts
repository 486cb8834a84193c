const A: usize = 1024;
const B: usize = 8192;
const C: usize = 16384;
const D: usize = 32768;
/** Samples of 8 bits in units of 1/128: sums and products of a few are exact, so fused operations round the same. */
function fill(): void {
  let s: u32 = 20250;
  for (let i: usize = 0; i < 6000; i += 8) {
    s = s * 1664525 + 1013904223;
    store<f64>(A + i, <f64>(<i32>s >> 24) * 0.0078125);
    store<f64>(B + i, <f64>((<i32>s << 8) >> 24) * 0.0078125);
    store<i16>(C + (i >> 2), <i16>(s >> 12));
  }
}
function f(k: i32): i32 {
  let z1: f64 = 0, z2: f64 = 0, h: f64 = 0;
  for (let i: usize = 0; i < 800; i += 8) {
    const x = load<f64>(A + i);
    const y = 0.3 * x + z1;
    z1 = 0.1 * x - 0.4 * y + z2;
    z2 = 0.2 * x - 0.15 * y;
    store<f64>(D + i, y);
    h += y > 0 ? y : -y;
  }
  return <i32>(h * 64) + k;
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

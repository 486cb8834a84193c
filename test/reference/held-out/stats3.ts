const A: usize = 1024;
const B: usize = 8192;
const C: usize = 16384;
const D: usize = 32768;
function fill(): void {
  let s: u32 = 4321;
  for (let i: usize = 0; i < 7000; i++) {
    s = s * 1664525 + 1013904223;
    store<u8>(A + i, <u8>(s >> 24));
    store<u8>(B + i, <u8>(s >> 16));
    store<u8>(C + i, <u8>(s >> 8));
  }
}
function f(k: i32): i32 {
  let out: i32 = 0;
  for (let c: usize = 0; c < 6; c += 2) {
    let sum: i64 = 0,
      sq: i64 = 0;
    let lo: i32 = 32767,
      hi: i32 = -32768;
    for (let i: usize = 0; i < 600; i += 6) {
      const v = <i32>load<i16>(A + c + i);
      sum += v;
      sq += <i64>v * v;
      if (v < lo) lo = v;
      if (v > hi) hi = v;
    }
    const m = <i32>(sum / 100);
    const va = <i32>(((sq - (sum * sum) / 100) / 100) >> 8);
    store<i32>(D + (c << 2), m);
    out += m + va + hi - lo;
  }
  return out + k;
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

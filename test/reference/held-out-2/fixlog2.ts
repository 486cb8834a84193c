const A: usize = 1024;
const B: usize = 8192;
const C: usize = 16384;
const D: usize = 32768;
function fill(): void {
  let s: u32 = 987654;
  for (let i: usize = 0; i < 7000; i++) {
    s = s * 1664525 + 1013904223;
    store<u8>(A + i, <u8>(s >> 24));
    store<u8>(B + i, <u8>(s >> 16));
    store<u8>(C + i, <u8>(s >> 8));
  }
}
function log2(v: u32): i32 {
  const n = 31 - clz(v);
  let m: u64 = <u64>v << (31 - n);
  let y: i32 = n << 12;
  for (let b: i32 = 1 << 11; b; b >>= 1) {
    m = (m * m) >> 31;
    if (m >> 32) {
      m >>= 1;
      y |= b;
    }
  }
  return y;
}
function f(k: i32): i32 {
  let r: i32 = 0;
  for (let i: usize = 0; i < 64; i += 4) r += log2(load<u32>(A + i) | 1);
  return r + k;
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

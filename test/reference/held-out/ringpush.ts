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
  let p: i32 = k & 63;
  let s: i32 = 0;
  for (let i: i32 = 0; i < 200; i++) {
    const v = <i32>load<i16>(A + ((<usize>i) << 1));
    s += v - <i32>load<i16>(D + ((<usize>p) << 1));
    store<i16>(D + ((<usize>p) << 1), <i16>v);
    p = p + 1 == 64 ? 0 : p + 1;
    store<i32>(D + 1024 + ((<usize>i) << 2), s >> 6);
  }
  return s;
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

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
  let s: i32 = 0;
  for (let i: i32 = 0; i < 150; i++) {
    const x = <i32>load<u16>(A + ((<usize>i) << 1));
    const j: usize = <usize>(x >> 10);
    const a = <i32>load<i16>(B + (j << 1)),
      b = <i32>load<i16>(B + (j << 1), 2);
    const y = a + (((b - a) * (x & 1023)) >> 10);
    store<i16>(D + ((<usize>i) << 1), <i16>y);
    s += y;
  }
  return s + k;
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

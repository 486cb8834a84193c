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
let state: u32 = 2463534242;
function next(): u32 {
  let x = state;
  x ^= x << 13;
  x ^= x >> 17;
  x ^= x << 5;
  return (state = x);
}
function f(k: i32): i32 {
  let low: i32 = 0;
  for (let i: i32 = 0; i < 150; i++) {
    const a = <i32>(next() & 0xffff), b = <i32>(next() >> 16);
    if (a * a + b * b > 0 && (a ^ b) & 8) low += a > b ? a - b : 1;
  }
  return low + k;
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

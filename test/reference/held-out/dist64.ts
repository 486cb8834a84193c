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
  let best: i64 = 0x7fffffffffff;
  let at: i32 = 0;
  for (let p: i32 = 0; p < 12; p++) {
    let s: i64 = 0;
    for (let i: usize = 0; i < 60; i += 2) {
      const d = <i32>load<i16>(A + i) - <i32>load<i16>(B + <usize>p * 60 + i);
      s += <i64>d * d;
    }
    if (s < best) {
      best = s;
      at = p;
    }
  }
  return at + <i32>(best >> 12) + k;
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

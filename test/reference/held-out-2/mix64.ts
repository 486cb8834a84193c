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
function f(k: i32): i32 {
  let h: u64 = <u64>k ^ 0x9e3779b97f4a7c15;
  let lo: u64 = 0;
  for (let i: usize = 0; i < 320; i += 8) {
    let x = load<u64>(A + i) + h;
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9;
    x ^= x >> 27;
    h = rotl<u64>(h, 7) + x;
    if (x < lo) h -= lo;
    lo = x;
  }
  return <i32>(h ^ (h >> 32));
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

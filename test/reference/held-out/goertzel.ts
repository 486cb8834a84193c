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
  for (let b: i32 = 0; b < 6; b++) {
    const c: i32 = 28000 - b * 3100;
    let s1: i32 = 0,
      s2: i32 = 0;
    for (let i: usize = 0; i < 128; i += 2) {
      const s0 = ((<i32>load<i16>(A + i)) >> 6) + ((c * s1) >> 14) - s2;
      s2 = s1;
      s1 = s0;
    }
    const p =
      ((s1 >> 4) * (s1 >> 4) + (s2 >> 4) * (s2 >> 4) - (((c >> 4) * (s1 >> 6)) >> 8) * (s2 >> 6)) >> 4;
    store<i32>(D + ((<usize>b) << 2), p);
    out ^= p;
  }
  return out + k;
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

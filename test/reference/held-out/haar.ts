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
  let n: usize = 128;
  for (let l: i32 = 0; l < 5; l++) {
    const h = n >> 1;
    for (let i: usize = 0; i < h; i++) {
      const a = <i32>load<i16>(A + (i << 2)),
        b = <i32>load<i16>(A + (i << 2), 2);
      store<i16>(D + (i << 1), <i16>((a + b) >> 1));
      store<i16>(D + ((h + i) << 1), <i16>((a - b) >> 1));
    }
    n = h;
  }
  return load<i16>(D + 6) + k;
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

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
  for (let t: i32 = 0; t < 40; t++) {
    const p = (t + k) % 3;
    let acc: i32 = 0;
    let w: usize = B + ((<usize>p) << 5);
    let x: usize = A + ((<usize>t) << 1);
    for (let i: i32 = 0; i < 16; i++) {
      acc += <i32>load<i16>(x) * <i32>load<i16>(w);
      x += 2;
      w += 2;
    }
    store<i16>(D + ((<usize>t) << 1), <i16>(acc >> 15));
  }
  return load<i16>(D + 10);
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

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
  let m: i32 = -2147483647;
  for (let t: i32 = 0; t < 24; t++) {
    let s: i32 = 0;
    for (let j: usize = 0; j < 32; j += 2)
      s += (<i32>load<i16>(A + ((<usize>t) << 5) + j) * <i32>load<i16>(B + j)) >> 8;
    store<i32>(D + ((<usize>t) << 2), s);
    if (s > m) m = s;
  }
  let sum: i32 = 1;
  for (let t: i32 = 0; t < 24; t++) {
    const e = (load<i32>(D + ((<usize>t) << 2)) - m) >> 10;
    const v = e < -15 ? 0 : 32768 >> -e;
    store<i32>(D + ((<usize>t) << 2), v);
    sum += v;
  }
  return sum + k;
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

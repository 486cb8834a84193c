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
  let h: i32 = 0;
  for (let r: usize = 0; r < 16; r += 4) {
    let a: i32 = 0,
      b: i32 = 0,
      c: i32 = 0,
      d: i32 = 0;
    let w: usize = B + r * 48;
    for (let i: usize = 0; i < 48; i++) {
      const x = <i32>load<i16>(A + (i << 1));
      a += x * <i32>load<i8>(w);
      b += x * <i32>load<i8>(w, 48);
      c += x * <i32>load<i8>(w, 96);
      d += x * <i32>load<i8>(w, 144);
      w++;
    }
    h += (a >> 8) + (b >> 8) * 3 + (c >> 8) * 5 + (d >> 8) * 7;
  }
  return h + k;
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

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
  for (let i: usize = 0; i < 240; i += 2) {
    let a = <i32>load<i16>(A + i),
      b = <i32>load<i16>(A + i, 2),
      c = <i32>load<i16>(A + i, 4),
      d = <i32>load<i16>(A + i, 6),
      e = <i32>load<i16>(A + i, 8);
    let t: i32;
    if (a > b) {
      t = a;
      a = b;
      b = t;
    }
    if (d > e) {
      t = d;
      d = e;
      e = t;
    }
    if (a > d) {
      t = a;
      a = d;
      d = t;
      t = b;
      b = e;
      e = t;
    }
    let m: i32 = c;
    if (b > c) {
      t = b;
      b = c;
      m = t;
    }
    const x = b > d ? b : d;
    const y = m < d ? m : d;
    s += x + y;
    store<i16>(D + i, <i16>(x > y ? y : x));
  }
  return s + k;
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

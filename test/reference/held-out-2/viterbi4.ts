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
  let a: i32 = k & 15, b: i32 = 0, c: i32 = 0, d: i32 = 0;
  for (let t: usize = 0; t < 100; t++) {
    const o = <i32>load<u8>(A + t);
    const h = o & 15, g = o >> 4;
    const a0 = a + h, b0 = b + g, c0 = c + g, d0 = d + h;
    const a1 = a + g, b1 = b + h, c1 = c + h, d1 = d + g;
    let path: i32 = 0;
    if (a0 > c0) { a = a0; } else { a = c0; path = 1; }
    if (a1 > c1) { b = a1; } else { b = c1; path |= 2; }
    if (b0 > d0) { c = b0; } else { c = d0; path |= 4; }
    if (b1 > d1) { d = b1; } else { d = d1; path |= 8; }
    store<u8>(D + t, path);
  }
  let s: i32 = 0, r: i32 = 0;
  for (let t: i32 = 99; t >= 0; t--) {
    const bit = (<i32>load<u8>(D + <usize>t) >> s) & 1;
    s = (s >> 1) | (bit << 1);
    r = (r << 1) ^ s;
  }
  return r + a + b + c + d;
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

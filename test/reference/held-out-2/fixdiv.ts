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
  let r: i32 = 0;
  for (let i: usize = 0; i < 100; i += 2) {
    const a = <i32>load<i16>(A + i), b = <i32>load<i16>(B + i) | 1;
    const q = (a << 12) / b;
    r += q - (a % b) + <i32>(<u32>(a & 0x7fff) / 7) + (k & 3);
  }
  return r;
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

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
  for (let t: i32 = 0; t < 24; t++)
    for (let c: i32 = 0; c < 6; c++) {
      let acc: i32 = 64;
      for (let q: i32 = 0; q < 3; q++)
        acc += <i32>load<i8>(A + <usize>((t + q) * 6 + c)) * <i32>load<i8>(B + <usize>(q * 6 + c));
      acc >>= 7;
      store<i8>(D + <usize>(t * 6 + c), acc < 0 ? 0 : acc > 127 ? 127 : acc);
    }
  return <i32>load<i8>(D + <usize>(k & 127)) + k;
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

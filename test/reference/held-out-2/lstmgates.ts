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
const shifts = memory.data<u8>([3, 4, 5, 6, 7, 8, 9, 9]);
function squash(x: i32): i32 {
  const m = x < 0 ? -x : x;
  const y = m >> <i32>load<u8>(shifts + (<usize>(31 - clz(m | 1)) & 7));
  return x < 0 ? -y : y;
}
function f(k: i32): i32 {
  let out: i32 = 0;
  for (let u: i32 = 0; u < 40; u++) {
    const at = <usize>u << 1;
    const i = squash(<i32>load<i16>(A + at)) + 512;
    const g = squash(<i32>load<i16>(A + 80 + at));
    const o = squash(<i32>load<i16>(A + 160 + at)) + 512;
    const c = <i32>load<i16>(D + at);
    const d = ((c * (1024 - i)) >> 10) + ((i * g) >> 6) + (k & 1);
    store<i16>(D + at, d);
    out += o * d;
  }
  return out;
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

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
  let sx: i32 = 0, sy: i32 = 0;
  let xx: i64 = 0, yy: i64 = 0, xy: i64 = 0;
  for (let i: usize = 0; i < 128; i += 2) {
    const x = <i32>load<i16>(A + i), y = <i32>load<i16>(B + i);
    sx += x;
    sy += y;
    xx += <i64>(x * x);
    yy += <i64>(y * y);
    xy += <i64>(x * y);
  }
  const n: i64 = 64;
  const cov = n * xy - <i64>sx * sy;
  const vx = n * xx - <i64>sx * sx, vy = n * yy - <i64>sy * sy;
  return <i32>((cov << 8) / ((vx >> 1) + (vy >> 1) + 1)) + k;
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

// y = W x, int16 x int16 -> int32, three rows share each input; the address of every weight is computed from row and column.
const R: i32 = 48;
const C: i32 = 56;
const W: usize = 4096; // int16[48][56]
const X: usize = 1024; // int16[56]
const Y: usize = 2048; // int32[48]

function fill(): void {
  let s: u32 = 2024;
  for (let i: i32 = 0; i < R * C; i++) {
    s = s * 1664525 + 1013904223;
    store<i16>(W + ((<usize>i) << 1), <i16>((<i32>s) >> 20));
  }
  for (let j: i32 = 0; j < C; j++) {
    s = s * 1664525 + 1013904223;
    store<i16>(X + ((<usize>j) << 1), <i16>((<i32>s) >> 18));
  }
}

function gemv(): void {
  for (let i: i32 = 0; i < R; i += 3) {
    let a: i32 = 0;
    let b: i32 = 0;
    let c: i32 = 0;
    for (let j: i32 = 0; j < C; j++) {
      const x: i32 = <i32>load<i16>(X + ((<usize>j) << 1));
      a += <i32>load<i16>(W + ((<usize>(i * C + j)) << 1)) * x;
      b += <i32>load<i16>(W + ((<usize>((i + 1) * C + j)) << 1)) * x;
      c += <i32>load<i16>(W + ((<usize>((i + 2) * C + j)) << 1)) * x;
    }
    store<i32>(Y + ((<usize>i) << 2), a);
    store<i32>(Y + ((<usize>i) << 2), b, 4);
    store<i32>(Y + ((<usize>i) << 2), c, 8);
  }
}

export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    store<i16>(X, <i16>(k * 97), 6);
    gemv();
    for (let i: i32 = 0; i < R; i += 5) h = h * 31 + load<i32>(Y + ((<usize>i) << 2));
  }
  return h;
}

// int8 x int8, rows of 90: four columns at a time into four sums, the rest one by one; relu and shift at the end.
const ROWS: i32 = 40;
const COLS: i32 = 90;
const WEIGHT: usize = 4096;
const BIAS: usize = 1024; // int32
const IN: usize = 2048;
const OUT: usize = 2304;

function fill(): void {
  let s: u32 = 31337;
  for (let i: usize = 0; i < <usize>(ROWS * COLS); i++) {
    s = s * 1664525 + 1013904223;
    store<u8>(WEIGHT + i, <u8>(s >> 24));
  }
  for (let i: usize = 0; i < <usize>COLS; i++) {
    s = s * 1664525 + 1013904223;
    store<u8>(IN + i, <u8>(s >> 25));
  }
  for (let i: i32 = 0; i < ROWS; i++) store<i32>(BIAS + ((<usize>i) << 2), (i - 20) << 9);
}

function dot(w: usize, x: usize, count: i32): i32 {
  let a: i32 = 0;
  let b: i32 = 0;
  let c: i32 = 0;
  let d: i32 = 0;
  let left: i32 = count >> 2;
  while (left > 0) {
    a += <i32>load<i8>(w) * <i32>load<i8>(x);
    b += <i32>load<i8>(w, 1) * <i32>load<i8>(x, 1);
    c += <i32>load<i8>(w, 2) * <i32>load<i8>(x, 2);
    d += <i32>load<i8>(w, 3) * <i32>load<i8>(x, 3);
    w += 4;
    x += 4;
    left--;
  }
  for (left = count & 3; left > 0; left--) a += <i32>load<i8>(w++) * <i32>load<i8>(x++);
  return a + b + (c + d);
}

export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    store<i8>(IN, <i8>(k * 3), 17);
    for (let r: i32 = 0; r < ROWS; r++) {
      let v: i32 = (dot(WEIGHT + <usize>(r * COLS), IN, COLS) + load<i32>(BIAS + ((<usize>r) << 2))) >> 9;
      if (v < 0) v = 0;
      else if (v > 127) v = 127;
      store<i8>(OUT + <usize>r, <i8>v);
      h += v * (r + 1);
    }
    h ^= h << 7;
  }
  return h;
}

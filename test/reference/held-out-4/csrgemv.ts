// A pruned layer: rows as runs of (column, weight), the ends of rows in a table.
const ROWS: i32 = 60;
const COLS: i32 = 100;
const START: usize = 1024; // u16[61]
const COLUMN: usize = 4096; // u8
const VALUE: usize = 8192; // i8
const X: usize = 2048; // i16[100]
const Y: usize = 2560; // i32[60]

function fill(): void {
  let s: u32 = 5;
  let at: i32 = 0;
  for (let r: i32 = 0; r < ROWS; r++) {
    store<u16>(START + ((<usize>r) << 1), <u16>at);
    for (let c: i32 = 0; c < COLS; c++) {
      s = s * 1664525 + 1013904223;
      if (s >> 29 == 3) {
        store<u8>(COLUMN + <usize>at, <u8>c);
        store<i8>(VALUE + <usize>at, <i8>(s >> 16));
        at++;
      }
    }
  }
  store<u16>(START + ((<usize>ROWS) << 1), <u16>at);
}

function multiply(): void {
  let i: i32 = 0;
  for (let r: i32 = 0; r < ROWS; r++) {
    const end: i32 = <i32>load<u16>(START + ((<usize>r) << 1), 2);
    let sum: i32 = 0;
    for (; i < end; i++) {
      const c: usize = <usize>load<u8>(COLUMN + <usize>i);
      sum += <i32>load<i8>(VALUE + <usize>i) * <i32>load<i16>(X + (c << 1));
    }
    store<i32>(Y + ((<usize>r) << 2), sum);
  }
}

export function run(n: i32): i32 {
  fill();
  let h: i32 = 17;
  for (let k: i32 = 0; k < n; k++) {
    for (let c: i32 = 0; c < COLS; c++)
      store<i16>(X + ((<usize>c) << 1), <i16>((c * c * 7 + k * 131) & 4095));
    multiply();
    h = h * 31 + load<i32>(Y + ((<usize>(k % 60)) << 2));
  }
  return h;
}

// A dense layer of 24 by 36 whose int8 weights lie as the kernel wants them: of four rows one column in each word of 32 bits, so that an input is read once for four sums; bytes are taken out by shifts; a multiplier of 31 bits for each row, rounded, saturated to int8. The outputs push older inputs out.
const ROWS: i32 = 24;
const COLS: i32 = 36;
const W: usize = 1024; // u32[6][36]
const X: usize = 2048; // i8[36]
const BIAS: usize = 2112; // i32[24]
const SCALE: usize = 2240; // i32[24]
const Y: usize = 2368; // i8[24]

let rng: u32 = 0;

function rand(): u32 {
  rng ^= rng << 13;
  rng ^= rng >> 17;
  rng ^= rng << 5;
  return rng;
}

function narrow(sum: i32, row: i32): void {
  const wide: i64 = <i64>sum * <i64>load<i32>(SCALE + (row << 2)) + ((<i64>1) << 39);
  let v: i32 = <i32>(wide >> 40);
  if (v > 127) v = 127;
  if (v < -128) v = -128;
  store<i8>(Y + row, <i8>v);
}

function layer(): void {
  let w: usize = W;
  for (let row: i32 = 0; row < ROWS; row += 4) {
    let s0: i32 = load<i32>(BIAS + (row << 2));
    let s1: i32 = load<i32>(BIAS + (row << 2), 4);
    let s2: i32 = load<i32>(BIAS + (row << 2), 8);
    let s3: i32 = load<i32>(BIAS + (row << 2), 12);
    for (let c: i32 = 0; c < COLS; c++) {
      const x: i32 = <i32>load<i8>(X + c);
      const four: i32 = load<i32>(w);
      s0 += ((four << 24) >> 24) * x;
      s1 += ((four << 16) >> 24) * x;
      s2 += ((four << 8) >> 24) * x;
      s3 += (four >> 24) * x;
      w += 4;
    }
    narrow(s0, row);
    narrow(s1, row + 1);
    narrow(s2, row + 2);
    narrow(s3, row + 3);
  }
}

export function run(n: i32): i32 {
  rng = 20231;
  for (let i: i32 = 0; i < ROWS * COLS; i += 4) store<u32>(W + i, rand());
  for (let i: i32 = 0; i < ROWS; i++) {
    store<i32>(BIAS + (i << 2), (<i32>rand()) >> 18);
    store<u32>(SCALE + (i << 2), 0x40000000 + (rand() >> 2));
  }
  for (let i: i32 = 0; i < COLS; i++) store<i8>(X + i, <i8>rand());
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    layer();
    for (let i: i32 = 0; i < ROWS; i++) h = h * 33 + <i32>load<i8>(Y + i);
    memory.copy(X, X + ROWS, COLS - ROWS);
    memory.copy(X + COLS - ROWS, Y, ROWS);
    store<i8>(X + (k & 31), <i8>rand());
  }
  return h;
}

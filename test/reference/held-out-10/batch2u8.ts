// Two windows, of the left and the right wrist, through the same two layers at once: weights of 8 bits without sign, each row with its zero point, are read once for both inputs; what the zero points add is taken away by sums of the row and of the input; a multiplier of each row, saturated to int8; 45 to 18 to 6.
const X: usize = 1024; // i8[2][48]
const HIDDEN: usize = 1152; // i8[2][24]
const OUT: usize = 1216; // i8[2][8]
const W1: usize = 2048; // u8[18][45]
const W2: usize = 3072; // u8[6][18]
const ROW1: usize = 4096; // { zero: i32, sum: i32, bias: i32, multiplier: i32 }[18]
const ROW2: usize = 4608;

let seed: u32 = 99173;

function next(): u32 {
  seed = seed * 1664525 + 1013904223;
  return seed >> 8;
}

function prepare(weights: usize, info: usize, rows: i32, columns: i32): void {
  for (let r: i32 = 0; r < rows; r++) {
    let sum: i32 = 0;
    for (let j: i32 = 0; j < columns; j++) {
      const w: u8 = <u8>next();
      store<u8>(weights, w);
      sum += w;
      weights++;
    }
    store<i32>(info, 112 + <i32>(next() & 31));
    store<i32>(info, sum, 4);
    store<i32>(info, <i32>(next() & 4095) - 2048, 8);
    store<i32>(info, 90 + <i32>(next() & 63), 12);
    info += 16;
  }
}

// @ts-ignore
@inline
function rescaled(sum: i32, multiplier: i32): i32 {
  const v: i32 = (sum * multiplier + 32768) >> 16;
  return max(-128, min(127, v));
}

function layer(weights: usize, info: usize, x: usize, apart: usize, columns: i32, zero: i32, y: usize, yApart: usize, rows: i32): void {
  let left: i32 = 0;
  let right: i32 = 0;
  for (let j: i32 = 0; j < columns; j++) {
    left += <i32>load<i8>(x + j);
    right += <i32>load<i8>(x + apart + j);
  }
  for (let r: i32 = 0; r < rows; r++) {
    let a: i32 = 0;
    let b: i32 = 0;
    for (let j: i32 = 0; j < columns; j++) {
      const w: i32 = load<u8>(weights + j);
      a += w * <i32>load<i8>(x + j);
      b += w * <i32>load<i8>(x + apart + j);
    }
    weights += columns;
    const rowZero: i32 = load<i32>(info);
    const common: i32 = load<i32>(info, 8) + zero * (columns * rowZero - load<i32>(info, 4));
    store<i8>(y + r, <i8>rescaled(a + common - rowZero * left, load<i32>(info, 12)));
    store<i8>(y + yApart + r, <i8>rescaled(b + common - rowZero * right, load<i32>(info, 12)));
    info += 16;
  }
}

export function run(n: i32): i32 {
  seed = 99173;
  prepare(W1, ROW1, 18, 45);
  prepare(W2, ROW2, 6, 18);
  for (let j: i32 = 0; j < 96; j++) store<i8>(X + j, <i8>next());
  let h: i32 = 7;
  for (let k: i32 = 0; k < n; k++) {
    const at: i32 = (k * 5) % 41;
    for (let j: i32 = 0; j < 4; j++) {
      store<i8>(X + at + j, <i8>next());
      store<i8>(X + 48 + at + j, <i8>next());
    }
    layer(W1, ROW1, X, 48, 45, 3, HIDDEN, 24, 18);
    layer(W2, ROW2, HIDDEN, 24, 18, -2, OUT, 8, 6);
    for (let r: i32 = 0; r < 18; r++) h = h * 31 + <i32>load<i8>(HIDDEN + r) - <i32>load<i8>(HIDDEN + 24 + r) * 3;
    let apart: i32 = 0;
    for (let r: i32 = 0; r < 6; r++) {
      const d: i32 = <i32>load<i8>(OUT + r) - <i32>load<i8>(OUT + 8 + r);
      apart += abs(d);
      h = (h ^ d) * 17;
    }
    h += apart;
  }
  return h;
}

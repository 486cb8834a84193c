// A dense layer of 14 by 64 with weights of four bits in blocks of sixteen: each block has its scale and its least value, the low nibbles are its first half, the high ones its second; sums of the inputs by block are made once for all rows; inputs of 16 bits, outputs saturate and come back as inputs.
const ROWS: i32 = 14;
const COLS: i32 = 64;
const BLOCKS: i32 = COLS >> 4;
const BLOCK_BYTES: usize = 10; // scale u8, minimum i8, nibbles
const X: usize = 1024; // i16[COLS]
const SUMS: usize = 1280; // i32[BLOCKS]
const Y: usize = 1344; // i16[ROWS]
const WEIGHTS: usize = 2048; // ROWS * BLOCKS blocks

function blockSums(): void {
  let x: usize = X;
  for (let b: i32 = 0; b < BLOCKS; b++) {
    let sum: i32 = 0;
    for (let j: i32 = 0; j < 16; j++) {
      sum += <i32>load<i16>(x);
      x += 2;
    }
    store<i32>(SUMS + (b << 2), sum);
  }
}

function dotBlock(q: usize, x: usize): i32 {
  let sum: i32 = 0;
  for (let j: usize = 0; j < 8; j++) {
    const pair: i32 = <i32>load<u8>(q + j);
    sum += (pair & 15) * <i32>load<i16>(x + (j << 1)) + (pair >> 4) * <i32>load<i16>(x + (j << 1), 16);
  }
  return sum;
}

function layer(): void {
  blockSums();
  let w: usize = WEIGHTS;
  for (let r: i32 = 0; r < ROWS; r++) {
    let acc: i32 = 0;
    for (let b: i32 = 0; b < BLOCKS; b++) {
      acc += <i32>load<u8>(w) * dotBlock(w + 2, X + (b << 5)) + <i32>load<i8>(w, 1) * load<i32>(SUMS + (b << 2));
      w += BLOCK_BYTES;
    }
    store<i16>(Y + (r << 1), <i16>min(max((acc + 2048) >> 12, -32768), 32767));
  }
}

export function run(n: i32): i32 {
  let s: u32 = 901;
  for (let b: i32 = 0; b < ROWS * BLOCKS; b++) {
    const at: usize = WEIGHTS + <usize>b * BLOCK_BYTES;
    s = s * 1664525 + 1013904223;
    const scale: i32 = 8 + <i32>(s >> 27);
    store<u8>(at, scale);
    store<i8>(at, <i8>(-scale * 7 - (b & 3)), 1);
    for (let j: usize = 2; j < BLOCK_BYTES; j++) {
      s = s * 1664525 + 1013904223;
      store<u8>(at + j, <u8>(s >> 24));
    }
  }
  memory.fill(Y, 0, ROWS << 1);
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let j: i32 = 0; j < COLS; j++) {
      s = s * 1664525 + 1013904223;
      store<i16>(X + (j << 1), <i16>(j < ROWS ? <i32>load<i16>(Y + (j << 1)) : <i32>s >> 20));
    }
    layer();
    for (let r: i32 = 0; r < ROWS; r++) h = h * 31 + <i32>load<i16>(Y + (r << 1));
  }
  return h;
}

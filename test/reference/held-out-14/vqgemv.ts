// A dense layer of 24 by 48 whose weights are numbers of a book: each four neighbours of a row are one of 64 vectors (int8), a byte each; a vector is fetched as one word and taken apart by shifts; scales by row (Q15), int16 inputs and outputs.
const ROWS: i32 = 24;
const COLUMNS: i32 = 48;
const PIECES: i32 = COLUMNS / 4;

const book: usize = 1024; // i8[64][4]
const codes: usize = 1280; // u8[24][12]
const scales: usize = 1600; // u16[24]
const x: usize = 1664; // i16[48]
const y: usize = 1792; // i16[24]

function product(): void {
  for (let r: i32 = 0; r < ROWS; r++) {
    let code: usize = codes + r * PIECES;
    const end: usize = code + PIECES;
    let at: usize = x;
    let sum: i32 = 0;
    do {
      const v: i32 = load<i32>(book + (<usize>load<u8>(code) << 2));
      sum += <i32>load<i16>(at) * ((v << 24) >> 24);
      sum += <i32>load<i16>(at, 2) * ((v << 16) >> 24);
      sum += <i32>load<i16>(at, 4) * ((v << 8) >> 24);
      sum += <i32>load<i16>(at, 6) * (v >> 24);
      at += 8;
    } while (++code < end);
    const scaled: i32 = <i32>((<i64>sum * <i64>load<u16>(scales + (r << 1)) + 16384) >> 15) >> 4;
    store<i16>(y + (r << 1), <i16>min(max(scaled, -32768), 32767));
  }
}

export function run(n: i32): i32 {
  let s: u32 = 64;
  for (let i: i32 = 0; i < 256; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(book + i, <i8>(<i32>s >> 24));
  }
  for (let i: i32 = 0; i < ROWS * PIECES; i++) {
    s = s * 1664525 + 1013904223;
    store<u8>(codes + i, <u8>(s >> 26));
  }
  for (let i: i32 = 0; i < ROWS; i++) {
    s = s * 1664525 + 1013904223;
    store<u16>(scales + (i << 1), <u16>(8192 + (s >> 17)));
  }
  for (let i: i32 = 0; i < COLUMNS; i++) {
    s = s * 1664525 + 1013904223;
    store<i16>(x + (i << 1), <i16>(<i32>s >> 20));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    product();
    for (let i: i32 = 0; i < ROWS; i++) {
      const v: i32 = load<i16>(y + (i << 1));
      h = h * 31 + v;
      s = s * 1664525 + 1013904223;
      store<i16>(x + (i << 1), <i16>((v >> 4) + (<i32>s >> 21)));
    }
    const turned: i32 = COLUMNS - 1 - (k % ROWS);
    store<i16>(x + (turned << 1), <i16>h);
  }
  return h;
}

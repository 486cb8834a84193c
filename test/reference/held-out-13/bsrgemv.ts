// A pruned dense layer of 32 by 64 whose weights (int8) were left in blocks of four by four: for each four rows the places of their blocks, a block's sixteen weights behind each other, inputs of 16 bits read once for four sums; a multiplier for each four rows, outputs that are carried back into the inputs.
const ROWS: i32 = 32;
const COLS: i32 = 64;

const starts: usize = 1024; // u8[9]
const places: usize = 1040; // u8[128]
const weights: usize = 1280; // i8[128][4][4]
const x: usize = 4096; // i16[64]
const y: usize = 4224; // i16[32]

const multipliers: StaticArray<u16> = [181, 220, 149, 256, 203, 167, 240, 192];

function layer(): void {
  for (let band: i32 = 0; band < ROWS / 4; band++) {
    let a: i32 = 0;
    let b: i32 = 0;
    let c: i32 = 0;
    let d: i32 = 0;
    const end: i32 = load<u8>(starts + band, 1);
    for (let i: i32 = load<u8>(starts + band); i < end; i++) {
      const w: usize = weights + (i << 4);
      const from: usize = x + (<usize>load<u8>(places + i) << 3);
      const x0: i32 = load<i16>(from);
      const x1: i32 = load<i16>(from, 2);
      const x2: i32 = load<i16>(from, 4);
      const x3: i32 = load<i16>(from, 6);
      a += <i32>load<i8>(w) * x0 + <i32>load<i8>(w, 1) * x1 + <i32>load<i8>(w, 2) * x2 + <i32>load<i8>(w, 3) * x3;
      b += <i32>load<i8>(w, 4) * x0 + <i32>load<i8>(w, 5) * x1 + <i32>load<i8>(w, 6) * x2 + <i32>load<i8>(w, 7) * x3;
      c += <i32>load<i8>(w, 8) * x0 + <i32>load<i8>(w, 9) * x1 + <i32>load<i8>(w, 10) * x2 + <i32>load<i8>(w, 11) * x3;
      d += <i32>load<i8>(w, 12) * x0 + <i32>load<i8>(w, 13) * x1 + <i32>load<i8>(w, 14) * x2 + <i32>load<i8>(w, 15) * x3;
    }
    const m: i32 = unchecked(multipliers[band]);
    const out: usize = y + (band << 3);
    store<i16>(out, <i16>(((a >> 4) * m) >> 15));
    store<i16>(out, <i16>(((b >> 4) * m) >> 15), 2);
    store<i16>(out, <i16>(((c >> 4) * m) >> 15), 4);
    store<i16>(out, <i16>(((d >> 4) * m) >> 15), 6);
  }
}

export function run(n: i32): i32 {
  let s: u32 = 3264;
  let count: i32 = 0;
  for (let band: i32 = 0; band < ROWS / 4; band++) {
    store<u8>(starts + band, <u8>count);
    for (let column: i32 = 0; column < COLS / 4; column++) {
      s = s * 1664525 + 1013904223;
      if (s >> 30 > 1) continue;
      store<u8>(places + count, <u8>column);
      for (let i: i32 = 0; i < 16; i++) {
        s = s * 1664525 + 1013904223;
        store<i8>(weights + (count << 4) + i, <i8>(s >> 24));
      }
      count++;
    }
  }
  store<u8>(starts + ROWS / 4, <u8>count);
  for (let i: i32 = 0; i < COLS; i++) {
    s = s * 1664525 + 1013904223;
    store<i16>(x + (i << 1), <i16>((<i32>s) >> 20));
  }
  let h: i32 = count;
  for (let k: i32 = 0; k < n; k++) {
    layer();
    for (let i: i32 = 0; i < COLS; i++) {
      s = s * 1664525 + 1013904223;
      const at: usize = x + (i << 1);
      const back: i32 = load<i16>(y + ((i & (ROWS - 1)) << 1));
      if (i < ROWS) h = h * 31 + back;
      store<i16>(at, <i16>((<i32>load<i16>(at) >> 1) + (back >> 2) + ((<i32>s) >> 22)));
    }
  }
  return h;
}

// Where in a picture to look, along each side for itself (coordinate attention): a map of 8 by 7 places with six channels (int8, channels last); means of rows and of columns, both through one layer of three (hard swish), then back to six by two layers (hard sigmoid); every value is multiplied by what its row and what its column got.
const H: i32 = 8;
const W: i32 = 7;
const C: i32 = 6;
const R: i32 = 3;

const map: usize = 1024; // i8[8][7][6]
const means: usize = 1376; // i16[15][6], Q4: rows, then columns
const small: usize = 1568; // i16[15][3]
const gates: usize = 1664; // u8[15][6], 0 to 128
const down: usize = 1760; // i8[3][6]
const up: usize = 1792; // i8[2][6][3]

const reciprocal: StaticArray<i32> = [149797, 131072]; // 2^20 / 7 and / 8

function swish(v: i32): i32 {
  const gate: i32 = min(max(v + 192, 0), 384);
  return (v * gate * 171) >> 16;
}

export function run(n: i32): i32 {
  let s: u32 = 2103;
  for (let i: usize = down; i < down + R * C; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(i, <i8>(<i32>s >> 24));
  }
  for (let i: usize = up; i < up + 2 * C * R; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(i, <i8>(<i32>s >> 24));
  }
  memory.fill(map, 0, H * W * C);
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: usize = map; i < map + H * W * C; i++) {
      s = s * 1664525 + 1013904223;
      store<i8>(i, <i8>((<i32>load<i8>(i) >> 1) + (<i32>s >> 26)));
    }
    for (let c: i32 = 0; c < C; c++) {
      for (let y: i32 = 0; y < H; y++) {
        let sum: i32 = 0;
        for (let x: i32 = 0; x < W; x++) sum += <i32>load<i8>(map + (y * W + x) * C + c);
        store<i16>(means + ((y * C + c) << 1), <i16>((sum * unchecked(reciprocal[0])) >> 16));
      }
      for (let x: i32 = 0; x < W; x++) {
        let sum: i32 = 0;
        for (let y: i32 = 0; y < H; y++) sum += <i32>load<i8>(map + (y * W + x) * C + c);
        store<i16>(means + (((H + x) * C + c) << 1), <i16>((sum * unchecked(reciprocal[1])) >> 16));
      }
    }
    for (let p: i32 = 0; p < H + W; p++) {
      for (let r: i32 = 0; r < R; r++) {
        let sum: i32 = 32;
        for (let c: i32 = 0; c < C; c++)
          sum += <i32>load<i16>(means + ((p * C + c) << 1)) * <i32>load<i8>(down + r * C + c);
        store<i16>(small + ((p * R + r) << 1), <i16>swish(sum >> 6));
      }
      const side: usize = up + (p < H ? 0 : C * R);
      for (let c: i32 = 0; c < C; c++) {
        let sum: i32 = 0;
        for (let r: i32 = 0; r < R; r++)
          sum += <i32>load<i16>(small + ((p * R + r) << 1)) * <i32>load<i8>(side + c * R + r);
        store<u8>(gates + p * C + c, <u8>min(max((sum >> 8) + 64, 0), 128));
      }
    }
    for (let y: i32 = 0; y < H; y++)
      for (let x: i32 = 0; x < W; x++)
        for (let c: i32 = 0; c < C; c++) {
          const at: usize = map + (y * W + x) * C + c;
          const row: i32 = load<u8>(gates + y * C + c);
          const column: i32 = load<u8>(gates + (H + x) * C + c);
          const v: i32 = (<i32>load<i8>(at) * row * column + 4096) >> 13;
          store<i8>(at, <i8>min(max(v, -128), 127));
          h = h * 31 + v;
        }
  }
  return h;
}

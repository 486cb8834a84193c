// A convolution of three taps along time, four channels to four, by Winograd's F(2, 3): weights transformed once (times two), tiles of four samples every two, products summed over the channels, two outputs a tile; 16 bits.
const CHANNELS = 4;
const TILES = 12;
const LENGTH = 2 * TILES + 2;
const taps = changetype<StaticArray<i16>>(memory.data(CHANNELS * CHANNELS * 3 * 2, 4));
const spread = changetype<StaticArray<i16>>(memory.data(CHANNELS * CHANNELS * 4 * 2, 4));
const input = changetype<StaticArray<i16>>(memory.data(CHANNELS * LENGTH * 2, 4));
const tile = changetype<StaticArray<i32>>(memory.data(CHANNELS * 4 * 4, 4));
const output = changetype<StaticArray<i16>>(memory.data(CHANNELS * 2 * TILES * 2, 4));

function transformWeights(): void {
  for (let i = 0; i < CHANNELS * CHANNELS; i++) {
    const a = <i32>unchecked(taps[3 * i]);
    const b = <i32>unchecked(taps[3 * i + 1]);
    const c = <i32>unchecked(taps[3 * i + 2]);
    unchecked((spread[4 * i] = <i16>(2 * a)));
    unchecked((spread[4 * i + 1] = <i16>(a + b + c)));
    unchecked((spread[4 * i + 2] = <i16>(a - b + c)));
    unchecked((spread[4 * i + 3] = <i16>(2 * c)));
  }
}

function convolve(): void {
  for (let t = 0; t < TILES; t++) {
    for (let c = 0; c < CHANNELS; c++) {
      const at = c * LENGTH + 2 * t;
      const d0 = <i32>unchecked(input[at]);
      const d1 = <i32>unchecked(input[at + 1]);
      const d2 = <i32>unchecked(input[at + 2]);
      const d3 = <i32>unchecked(input[at + 3]);
      unchecked((tile[4 * c] = d0 - d2));
      unchecked((tile[4 * c + 1] = d1 + d2));
      unchecked((tile[4 * c + 2] = d2 - d1));
      unchecked((tile[4 * c + 3] = d1 - d3));
    }
    for (let o = 0; o < CHANNELS; o++) {
      let m0 = 0;
      let m1 = 0;
      let m2 = 0;
      let m3 = 0;
      for (let c = 0; c < CHANNELS; c++) {
        const w = 4 * (o * CHANNELS + c);
        m0 += <i32>unchecked(spread[w]) * unchecked(tile[4 * c]);
        m1 += <i32>unchecked(spread[w + 1]) * unchecked(tile[4 * c + 1]);
        m2 += <i32>unchecked(spread[w + 2]) * unchecked(tile[4 * c + 2]);
        m3 += <i32>unchecked(spread[w + 3]) * unchecked(tile[4 * c + 3]);
      }
      const to = o * 2 * TILES + 2 * t;
      unchecked((output[to] = <i16>max((m0 + m1 + m2) >> 9, 0)));
      unchecked((output[to + 1] = <i16>max((m1 - m2 - m3) >> 9, 0)));
    }
  }
}

export function run(n: i32): i32 {
  let s: u32 = 1299709;
  for (let i = 0; i < CHANNELS * CHANNELS * 3; i++) {
    s = s * 22695477 + 1;
    unchecked((taps[i] = <i16>(<i32>(s >> 23) - 256)));
  }
  transformWeights();
  let h = 0;
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < CHANNELS * LENGTH; i++) unchecked((input[i] = <i16>(((i * i * 59 + (k + 1) * i * 13) & 8191) - 4096)));
    convolve();
    for (let i = 0; i < CHANNELS * 2 * TILES; i++) h = h * 17 + <i32>unchecked(output[i]);
  }
  return h;
}

// A convolution along time, channels first: 3 channels of 48 samples to 6, five taps, stride 2, the edges padded with zeros by shortening the taps; relu with a ceiling.
const IN_CHANNELS = 3;
const OUT_CHANNELS = 6;
const LENGTH = 48;
const STRIDE = 2;
const TAPS = 5;
const PAD = 2;

const x = changetype<StaticArray<i16>>(memory.data(IN_CHANNELS * LENGTH * 2, 4));
const w = changetype<StaticArray<i8>>(memory.data(OUT_CHANNELS * IN_CHANNELS * TAPS, 4));
const bias = changetype<StaticArray<i32>>(memory.data(OUT_CHANNELS * 4, 4));
const y = changetype<StaticArray<i16>>(memory.data(OUT_CHANNELS * (LENGTH / STRIDE) * 2, 4));

function prepare(): void {
  let state: u32 = 0x2545f491;
  for (let i = 0; i < IN_CHANNELS * LENGTH; i++) {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    unchecked((x[i] = <i16>((<i32>state) >> 20)));
  }
  for (let i = 0; i < OUT_CHANNELS * IN_CHANNELS * TAPS; i++) unchecked((w[i] = <i8>(i * 57 - 31)));
  for (let i = 0; i < OUT_CHANNELS; i++) unchecked((bias[i] = (i - 2) << 12));
}

function layer(): void {
  for (let o = 0; o < OUT_CHANNELS; o++) {
    for (let t = 0; t < LENGTH / STRIDE; t++) {
      const left = t * STRIDE - PAD;
      const from = max(0, -left);
      const to = min(TAPS, LENGTH - left);
      let sum = unchecked(bias[o]);
      for (let c = 0; c < IN_CHANNELS; c++) {
        const row = (o * IN_CHANNELS + c) * TAPS;
        const at = c * LENGTH + left;
        for (let tap = from; tap < to; tap++)
          sum += <i32>unchecked(w[row + tap]) * <i32>unchecked(x[at + tap]);
      }
      unchecked((y[o * (LENGTH / STRIDE) + t] = <i16>min(max(sum >> 7, 0), 6 << 9)));
    }
  }
}

export function run(n: i32): i32 {
  prepare();
  let check: i32 = 0;
  for (let k = 0; k < n; k++) {
    unchecked((x[(k * 5) % (IN_CHANNELS * LENGTH)] = <i16>(k * 301)));
    layer();
    for (let i = 0; i < OUT_CHANNELS * (LENGTH / STRIDE); i += 5) check = check * 17 + unchecked(y[i]);
  }
  return check;
}

// Two grouped convolutions of three taps along time, eight channels in two groups of four, strides 1 and 2, edges left out; the channels are shuffled between them; int8, a Q31 multiplier and a shift of each channel.
const CHANNELS = 8;
const PART = 4;
const TAPS = 3;
const TIME = 28;
const weights = changetype<StaticArray<i8>>(memory.data(2 * CHANNELS * TAPS * PART, 4));
const biases = changetype<StaticArray<i32>>(memory.data(2 * CHANNELS * 4, 4));
const multipliers = changetype<StaticArray<i32>>(memory.data(2 * CHANNELS * 4, 4));
const first = changetype<StaticArray<i8>>(memory.data(TIME * CHANNELS, 4));
const second = changetype<StaticArray<i8>>(memory.data(TIME * CHANNELS, 4));
const third = changetype<StaticArray<i8>>(memory.data((TIME / 2) * CHANNELS, 4));

function prepare(): void {
  let s: u32 = 4711;
  for (let i = 0; i < 2 * CHANNELS * TAPS * PART; i++) {
    s = s * 1103515245 + 12345;
    unchecked((weights[i] = <i8>(s >> 20)));
  }
  for (let c = 0; c < 2 * CHANNELS; c++) {
    s = s * 1103515245 + 12345;
    unchecked((biases[c] = <i32>(s >> 18) - 8192));
    unchecked((multipliers[c] = 1073741824 + <i32>(s >> 4)));
  }
}

function requantised(acc: i32, multiplier: i32): i8 {
  const high = <i32>((<i64>acc * <i64>multiplier + (1 << 30)) >> 31);
  const v = (high + 64) >> 7;
  return <i8>min(max(v, -128), 127);
}

function convolve(input: StaticArray<i8>, output: StaticArray<i8>, layer: i32, length: i32, stride: i32): void {
  for (let t = 0; t < length / stride; t++)
    for (let c = 0; c < CHANNELS; c++) {
      const group = (c / PART) * PART;
      let acc = unchecked(biases[layer * CHANNELS + c]);
      for (let k = 0; k < TAPS; k++) {
        const at = t * stride + k - 1;
        if (at < 0 || at >= length) continue;
        const w = ((layer * CHANNELS + c) * TAPS + k) * PART;
        for (let j = 0; j < PART; j++) acc += <i32>unchecked(input[at * CHANNELS + group + j]) * <i32>unchecked(weights[w + j]);
      }
      const place = (c % PART) * 2 + c / PART;
      unchecked((output[t * CHANNELS + place] = requantised(acc, multipliers[layer * CHANNELS + c])));
    }
}

export function run(n: i32): i32 {
  prepare();
  let h = 0;
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < TIME * CHANNELS; i++) unchecked((first[i] = <i8>((i * i * 5 + i * 37 + k * 91) >> 3)));
    convolve(first, second, 0, TIME, 1);
    convolve(second, third, 1, TIME, 2);
    for (let i = 0; i < (TIME / 2) * CHANNELS; i++) h = h * 31 + <i32>unchecked(third[i]);
  }
  return h;
}

// A dilated causal convolution of four channels with a residual connection, as a temporal network has it.
const CHANNELS = 4;
const TAPS = 3;
const LENGTH = 30;
const DILATION = 2;

const weights = changetype<StaticArray<i8>>(memory.data(48));
const signal = changetype<StaticArray<i16>>(memory.data(240, 8));
const result = changetype<StaticArray<i16>>(memory.data(240, 8));

function start(): void {
  for (let i = 0; i < CHANNELS * CHANNELS * TAPS; i++) unchecked((weights[i] = <i8>(i * 91 + 17)));
  for (let i = 0; i < CHANNELS * LENGTH; i++) unchecked((signal[i] = <i16>((i * 2654435761) >> 18)));
}

function convolve(): void {
  for (let o = 0; o < CHANNELS; o++)
    for (let t = 0; t < LENGTH; t++) {
      let acc = 0;
      for (let tap = 0; tap < TAPS; tap++) {
        const at = t - tap * DILATION;
        if (at < 0) continue;
        for (let c = 0; c < CHANNELS; c++)
          acc +=
            <i32>unchecked(weights[(o * TAPS + tap) * CHANNELS + c]) * <i32>unchecked(signal[at * CHANNELS + c]);
      }
      acc = (acc >> 8) + <i32>unchecked(signal[t * CHANNELS + o]);
      unchecked((result[t * CHANNELS + o] = acc < 0 ? 0 : acc > 32767 ? 32767 : <i16>acc));
    }
}

export function run(n: i32): i32 {
  start();
  let sum = 0;
  for (let k = 0; k < n; k++) {
    unchecked((signal[k & 31] = <i16>(k * 99)));
    convolve();
    for (let i = 0; i < CHANNELS * LENGTH; i += 7) sum += unchecked(result[i]);
  }
  return sum;
}

// The decoder of an autoencoder: two transposed convolutions (four taps, stride two) scatter into sums of 32 bits, bias and relu; then how far the window is from what was decoded: sum of squares in 64 bits and the worst sample.
const LATENT: usize = 1024; // i16[12][5]
const FIRST: usize = 2048; // i8[4][5][4]: tap, from, to
const SECOND: usize = 2304; // i8[4][4][2]
const HIDDEN: usize = 3072; // i16[24][4]
const ACCUMULATORS: usize = 4096; // i32[26][4] or [50][2]
const DECODED: usize = 5120; // i16[48][2]
const WINDOW: usize = 6144; // i16[48][2]

function scatter(from: usize, steps: i32, inputs: i32, weights: usize, outputs: i32, bias: i32): void {
  const count: i32 = (2 * steps + 2) * outputs;
  for (let i: i32 = 0; i < count; i++) store<i32>(ACCUMULATORS + ((<usize>i) << 2), bias);
  for (let t: i32 = 0; t < steps; t++) {
    for (let c: i32 = 0; c < inputs; c++) {
      const v: i32 = <i32>load<i16>(from);
      from += 2;
      if (!v) continue; // after a relu half of them
      for (let tap: i32 = 0; tap < 4; tap++) {
        const to: usize = ACCUMULATORS + ((<usize>((2 * t + tap) * outputs)) << 2);
        const w: usize = weights + <usize>((tap * inputs + c) * outputs);
        for (let o: i32 = 0; o < outputs; o++) {
          const at: usize = to + ((<usize>o) << 2);
          store<i32>(at, load<i32>(at) + v * <i32>load<i8>(w + <usize>o));
        }
      }
    }
  }
}

/** Leaves out the first and the last step, which only half of the taps reach. */
function finish(to: usize, count: i32, outputs: i32, shift: i32, relu: bool): void {
  let from: usize = ACCUMULATORS + ((<usize>outputs) << 2);
  for (let i: i32 = 0; i < count; i++) {
    let v: i32 = load<i32>(from) >> shift;
    if (relu && v < 0) v = 0;
    store<i16>(to, <i16>min<i32>(v, 32767));
    from += 4;
    to += 2;
  }
}

function error(): i32 {
  let sum: i64 = 0;
  let worst: i32 = 0;
  for (let i: usize = 0; i < 96 * 2; i += 2) {
    const d: i32 = <i32>load<i16>(WINDOW + i) - <i32>load<i16>(DECODED + i);
    sum += <i64>d * d;
    worst = max(worst, abs(d));
  }
  return <i32>(sum >> 7) + worst;
}

export function run(n: i32): i32 {
  let s: u32 = 555;
  for (let p: usize = FIRST; p < SECOND + 32; p++) {
    s = s * 1664525 + 1013904223;
    store<i8>(p, <i8>((<i32>s) >> 24));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < 60; i++) {
      const v: i32 = ((i * 73 + k * 31) & 511) - 200;
      store<i16>(LATENT + ((<usize>i) << 1), <i16>(v < 0 ? 0 : v));
    }
    for (let i: i32 = 0; i < 96; i++) store<i16>(WINDOW + ((<usize>i) << 1), <i16>(((i * 57) & 1023) * 5 - 2500 + k));
    scatter(LATENT, 12, 5, FIRST, 4, 1500);
    finish(HIDDEN, 96, 4, 6, true);
    scatter(HIDDEN, 24, 4, SECOND, 2, -300);
    finish(DECODED, 96, 2, 7, false);
    h = rotl(h, 9) ^ error();
  }
  return h;
}

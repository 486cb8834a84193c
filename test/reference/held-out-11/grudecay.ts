// A gated recurrent unit for sensors that are not always there (GRU-D): an input that is missing is what was last seen, drawn to its mean the longer it is gone; the state fades, too, by how long all inputs are gone; rows of input, mask and state (int8), three gates, 8 units, 5 inputs; states in Q12, three readings an iteration.
const UNITS: i32 = 8;
const INPUTS: i32 = 5;
const WIDTH: i32 = 2 * INPUTS + UNITS;
const ONE: i32 = 4096;

const weights: usize = 1024; // i8[3][8][18]
const biases: usize = 1472; // i16[3][8]
const vector: usize = 1536; // i16[18]: inputs, masks, state
const lasts: usize = 1600; // i16[5]
const means: usize = 1616; // i16[5]
const gone: usize = 1632; // u8[5]
const rates: usize = 1640; // u8[5]
const update: usize = 1664; // i16[8]
const kept: usize = 1696; // i16[8]

/** 2^(-x / 16) in Q12. */
function fade(x: i32): i32 {
  if (x >= 192) return 0;
  const part: i32 = x & 15;
  // a parabola between the powers
  const mantissa: i32 = ONE - part * 174 + ((part * part * 91) >> 5);
  return mantissa >> (x >> 4);
}

function dot(row: usize, from: i32, to: i32): i32 {
  let sum: i32 = 0;
  for (let j: i32 = from; j < to; j++) sum += <i32>load<i8>(row + j) * <i32>load<i16>(vector + (j << 1));
  return sum;
}

function sigmoid(x: i32): i32 {
  x = (x >> 2) + ONE / 2;
  return x < 0 ? 0 : x > ONE ? ONE : x;
}

function takeIn(present: u32, s: u32): void {
  let longest: i32 = 255;
  for (let i: i32 = 0; i < INPUTS; i++) {
    const last: usize = lasts + (i << 1);
    if (present & (1 << i)) {
      s = s * 1664525 + 1013904223;
      store<i16>(last, <i16>((<i32>s) >> 19));
      store<u8>(gone + i, 0);
      store<i16>(vector + (i << 1), load<i16>(last));
      store<i16>(vector + ((INPUTS + i) << 1), ONE);
      longest = 0;
    } else {
      const time: i32 = min<i32>(<i32>load<u8>(gone + i) + 1, 255);
      store<u8>(gone + i, <u8>time);
      const mean: i32 = load<i16>(means + (i << 1));
      const pull: i32 = fade(time * <i32>load<u8>(rates + i));
      store<i16>(vector + (i << 1), <i16>(mean + (((<i32>load<i16>(last) - mean) * pull) >> 12)));
      store<i16>(vector + ((INPUTS + i) << 1), 0);
      if (time < longest) longest = time;
    }
  }
  const state: usize = vector + (INPUTS << 2);
  if (longest) {
    const pull: i32 = fade(longest * 3);
    for (let u: i32 = 0; u < UNITS; u++)
      store<i16>(state + (u << 1), <i16>((<i32>load<i16>(state + (u << 1)) * pull) >> 12));
  }
}

function step(): void {
  const state: usize = vector + (INPUTS << 2);
  for (let u: i32 = 0; u < UNITS; u++) {
    const z: usize = weights + u * WIDTH;
    const r: usize = z + UNITS * WIDTH;
    store<i16>(update + (u << 1), <i16>sigmoid((dot(z, 0, WIDTH) >> 6) + load<i16>(biases + (u << 1))));
    const reset: i32 = sigmoid((dot(r, 0, WIDTH) >> 6) + load<i16>(biases + ((UNITS + u) << 1)));
    store<i16>(kept + (u << 1), <i16>((reset * <i32>load<i16>(state + (u << 1))) >> 12));
  }
  for (let u: i32 = 0; u < UNITS; u++) {
    const row: usize = weights + (2 * UNITS + u) * WIDTH;
    let a: i32 = dot(row, 0, 2 * INPUTS);
    for (let j: i32 = 0; j < UNITS; j++)
      a += <i32>load<i8>(row + 2 * INPUTS + j) * <i32>load<i16>(kept + (j << 1));
    a = (a >> 6) + load<i16>(biases + ((2 * UNITS + u) << 1));
    if (a > ONE) a = ONE;
    if (a < -ONE) a = -ONE;
    const old: i32 = load<i16>(state + (u << 1));
    store<i16>(state + (u << 1), <i16>(old + (((a - old) * <i32>load<i16>(update + (u << 1))) >> 12)));
  }
}

export function run(n: i32): i32 {
  let s: u32 = 60613;
  for (let i: i32 = 0; i < 3 * UNITS * WIDTH; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(weights + i, <i8>((<i32>s) >> 25));
  }
  for (let i: i32 = 0; i < 3 * UNITS; i++) {
    s = s * 1664525 + 1013904223;
    store<i16>(biases + (i << 1), <i16>((<i32>s) >> 20));
  }
  memory.fill(vector, 0, WIDTH * 2);
  for (let i: i32 = 0; i < INPUTS; i++) {
    s = s * 1664525 + 1013904223;
    store<i16>(means + (i << 1), <i16>((<i32>s) >> 21));
    store<i16>(lasts + (i << 1), load<i16>(means + (i << 1)));
    store<u8>(rates + i, <u8>(4 + ((s >> 12) & 15)));
    store<u8>(gone + i, 0);
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let t: i32 = 0; t < 3; t++) {
      s = s * 1664525 + 1013904223;
      takeIn(s >> 28 < 3 ? 0 : s >> 20, s);
      step();
    }
    for (let j: i32 = 0; j < WIDTH; j++) h = h * 31 + load<i16>(vector + (j << 1));
  }
  return h;
}

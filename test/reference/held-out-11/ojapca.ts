// The directions in which a movement varies most, learnt sample by sample (Sanger's rule): three directions of six features in Q13, each learns from what the ones before leave over; 16 samples an iteration, the step falls from 1/32 to 1/256; outputs count in 64 bits as variances.
const FEATURES: i32 = 6;
const DIRECTIONS: i32 = 3;
const SAMPLES: i32 = 16;

class State {
  static weights: StaticArray<i32> = [8192, 0, 0, 0, 0, 0, 0, 8192, 0, 0, 0, 0, 0, 0, 8192, 0, 0, 0];
  static rest: StaticArray<i32> = [0, 0, 0, 0, 0, 0];
  static hidden: StaticArray<i32> = [0, 0, 0];
  static variance: StaticArray<i64> = [0, 0, 0];
  static shift: i32 = 5;
}

function learn(): void {
  const w = State.weights;
  const rest = State.rest;
  let row: i32 = 0;
  for (let d: i32 = 0; d < DIRECTIONS; d++) {
    let y: i32 = 0;
    for (let f: i32 = 0; f < FEATURES; f++) y += unchecked(w[row + f] * rest[f]) >> 6;
    y >>= 7;
    if (y > 4095) y = 4095;
    else if (y < -4095) y = -4095;
    unchecked((State.variance[d] += <i64>y * <i64>y));
    for (let f: i32 = 0; f < FEATURES; f++) {
      const left: i32 = unchecked(rest[f]) - ((y * unchecked(w[row + f])) >> 13);
      unchecked((rest[f] = left));
      unchecked((w[row + f] += (y * left) >> (State.shift + 7)));
    }
    row += FEATURES;
  }
}

export function run(n: i32): i32 {
  let s: u32 = 1989;
  for (let i: i32 = 0; i < FEATURES * DIRECTIONS; i++) unchecked((State.weights[i] = i % 7 == 0 ? 8192 : 0));
  for (let d: i32 = 0; d < DIRECTIONS; d++) unchecked((State.variance[d] = 0));
  State.shift = 5;
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let t: i32 = 0; t < SAMPLES; t++) {
      s = s * 1664525 + 1013904223;
      unchecked((State.hidden[0] = (<i32>s) >> 22));
      unchecked((State.hidden[1] = (<i32>(s << 10)) >> 23));
      s = s * 1664525 + 1013904223;
      unchecked((State.hidden[2] = (<i32>s) >> 24));
      for (let f: i32 = 0; f < FEATURES; f++) {
        s = s * 1664525 + 1013904223;
        let v: i32 = (<i32>s) >> 27;
        v += unchecked(State.hidden[f % 3]) + (unchecked(State.hidden[(f + 1) % 3]) >> (f >> 1));
        unchecked((State.rest[f] = v));
      }
      learn();
    }
    if (State.shift < 8) State.shift++;
    for (let i: i32 = 0; i < FEATURES * DIRECTIONS; i++) h = h * 31 + unchecked(State.weights[i]);
    for (let d: i32 = 0; d < DIRECTIONS; d++) h = h * 31 + <i32>(unchecked(State.variance[d]) >> 4);
  }
  return h;
}

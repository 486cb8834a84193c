// A sensor's stream at half, a quarter and an eighth of its rate by half-band filters of two all-pass paths: even samples through two sections, odd ones through two more, their mean is the output; coefficients in Q15, states keep their places over the blocks; four channels of 32 samples, energy of what each stage leaves.
const CHANNELS: i32 = 4;
const LENGTH: i32 = 32;
const STAGES: i32 = 3;

const samples: usize = 1024; // i16[32]
const states: usize = 1280; // [4][3][4] of Section

@unmanaged
class Section {
  x: i32;
  y: i32;
}

const EVEN1: i32 = 3461;
const EVEN2: i32 = 19403;
const ODD1: i32 = 10617;
const ODD2: i32 = 28423;

// @ts-ignore
@inline
function allPass(at: usize, factor: i32, x: i32): i32 {
  const section: Section = changetype<Section>(at);
  const y: i32 = ((factor * (x - section.y)) >> 15) + section.x;
  section.x = x;
  section.y = y;
  return y;
}

/** In place; half as many come out. */
function halve(length: i32, state: usize): u32 {
  let energy: u32 = 0;
  let to: usize = samples;
  for (let i: i32 = 0; i < length; i += 2) {
    const from: usize = samples + (i << 1);
    let even: i32 = load<i16>(from);
    let odd: i32 = load<i16>(from, 2);
    even = allPass(state + 8, EVEN2, allPass(state, EVEN1, even));
    odd = allPass(state + 24, ODD2, allPass(state + 16, ODD1, odd));
    const out: i32 = (even + odd) >> 1;
    const gone: i32 = (even - odd) >> 1;
    energy += <u32>(gone * gone) >> 6;
    store<i16>(to, <i16>out);
    to += 2;
  }
  return energy;
}

export function run(n: i32): i32 {
  let s: u32 = 160;
  memory.fill(states, 0, CHANNELS * STAGES * 32);
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++)
    for (let c: i32 = 0; c < CHANNELS; c++) {
      let phase: i32 = 0;
      for (let i: i32 = 0; i < LENGTH; i++) {
        s = s * 214013 + 2531011;
        // a saw tooth of the channel's own rate, and noise
        phase = (phase + 300 * (c + 1)) & 4095;
        store<i16>(samples + (i << 1), <i16>(phase - 2048 + ((<i32>s) >> 20)));
      }
      let length: i32 = LENGTH;
      for (let stage: i32 = 0; stage < STAGES; stage++) {
        h = h * 31 + halve(length, states + ((c * STAGES + stage) << 5));
        length >>= 1;
      }
      for (let i: i32 = 0; i < length; i++) h = h * 31 + <i32>load<i16>(samples + (i << 1));
    }
  return h;
}

// Two layers of units that each remember only themselves (independently recurrent): 9 inputs, 16 units, 12 units, weights of 8 bits, each unit's own factor in Q8, states of 16 bits, relu; the products of all five times first, then time after time unit by unit; the greatest unit of the second layer is the answer of each time.
const TIMES: i32 = 5;
const INPUTS: i32 = 9;
const FIRST: i32 = 16;
const SECOND: i32 = 12;

const x: usize = 1024; // i16[5][9]
const weights1: usize = 1152; // i8[16][9]
const weights2: usize = 1312; // i8[12][16]
const own1: usize = 1536; // i16[16]
const own2: usize = 1568; // i16[12]
const made1: usize = 1600; // i16[5][16]
const made2: usize = 1792; // i16[5][12]
const state1: usize = 1920; // i16[16]
const state2: usize = 1952; // i16[12]

/** Of all times, the products only. */
function product(from: usize, width: i32, weights: usize, units: i32, to: usize): void {
  for (let t: i32 = 0; t < TIMES; t++) {
    let w: usize = weights;
    for (let u: i32 = 0; u < units; u++) {
      let sum: i32 = 0;
      for (let i: i32 = 0; i < width; i++) sum += <i32>load<i16>(from + (i << 1)) * <i32>load<i8>(w + i);
      w += width;
      store<i16>(to, <i16>(sum >> 8));
      to += 2;
    }
    from += width << 1;
  }
}

function remember(made: usize, units: i32, own: usize, state: usize): void {
  for (let t: i32 = 0; t < TIMES; t++)
    for (let u: i32 = 0; u < units; u++) {
      const place: usize = u << 1;
      let v: i32 = <i32>load<i16>(made) + ((<i32>load<i16>(own + place) * <i32>load<i16>(state + place)) >> 8);
      if (v < 0) v = 0;
      if (v > 20000) v = 20000;
      store<i16>(state + place, <i16>v);
      store<i16>(made, <i16>v);
      made += 2;
    }
}

export function run(n: i32): i32 {
  let s: u32 = 515;
  for (let i: i32 = 0; i < FIRST * INPUTS + SECOND * FIRST; i++) {
    s = s * 1664525 + 1013904223;
    const w: usize = i < FIRST * INPUTS ? weights1 + i : weights2 + i - FIRST * INPUTS;
    store<i8>(w, <i8>(s >> 24));
  }
  for (let u: i32 = 0; u < FIRST; u++) {
    s = s * 1664525 + 1013904223;
    store<i16>(own1 + (u << 1), <i16>((<i32>s) >> 24) + 120);
    if (u < SECOND) store<i16>(own2 + (u << 1), <i16>((s >> 8) & 255));
  }
  memory.fill(state1, 0, 2 * FIRST);
  memory.fill(state2, 0, 2 * SECOND);
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < TIMES * INPUTS; i++) {
      s = s * 1664525 + 1013904223;
      store<i16>(x + (i << 1), <i16>((<i32>s) >> 20));
    }
    product(x, INPUTS, weights1, FIRST, made1);
    remember(made1, FIRST, own1, state1);
    product(made1, FIRST, weights2, SECOND, made2);
    remember(made2, SECOND, own2, state2);
    for (let t: i32 = 0; t < TIMES; t++) {
      const row: usize = made2 + t * SECOND * 2;
      let best: i32 = 0;
      for (let u: i32 = 1; u < SECOND; u++) if (load<i16>(row + (u << 1)) > load<i16>(row + (best << 1))) best = u;
      h = h * 31 + best * 4096 + <i32>load<i16>(row + (best << 1));
    }
  }
  for (let u: i32 = 0; u < FIRST; u++) h = h * 31 + <i32>load<i16>(state1 + (u << 1));
  return h;
}

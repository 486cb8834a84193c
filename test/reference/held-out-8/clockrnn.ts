// A clockwork network: four groups of five units, a group runs each, every second, fourth or eighth step and hears itself, the input and the slower groups only; weights of 8 bits, state of 16, cut at one; eight steps.
const GROUPS: i32 = 4;
const EACH: i32 = 5;
const UNITS: i32 = GROUPS * EACH;
const INPUTS: i32 = 4;
const STATE: usize = 1024; // i16[UNITS]
const NEXT: usize = 1088; // i16[UNITS]
const X: usize = 1152; // i16[INPUTS]
const WX: usize = 1280; // i8[UNITS][INPUTS]
const WH: usize = 1408; // i8[UNITS][UNITS]
const BIAS: usize = 1856; // i16[UNITS]

function unit(u: i32, from: i32): i32 {
  let sum: i32 = <i32>load<i16>(BIAS + (u << 1)) << 4;
  for (let j: i32 = 0; j < INPUTS; j++) sum += <i32>load<i8>(WX + (u << 2) + j) * <i32>load<i16>(X + (j << 1));
  for (let v: i32 = from; v < UNITS; v++) sum += <i32>load<i8>(WH + u * UNITS + v) * <i32>load<i16>(STATE + (v << 1));
  sum >>= 6;
  if (sum > 4096) sum = 4096;
  else if (sum < -4096) sum = -4096;
  return sum;
}

function tick(time: i32): i32 {
  let ran: i32 = 0;
  for (let g: i32 = 0; g < GROUPS; g++) {
    if ((time & ((1 << g) - 1)) != 0) break;
    const from: i32 = g * EACH;
    for (let u: i32 = from; u < from + EACH; u++) store<i16>(NEXT + (u << 1), <i16>unit(u, from));
    ran++;
  }
  memory.copy(STATE, NEXT, <usize>(ran * EACH) << 1);
  return ran;
}

export function run(n: i32): i32 {
  let s: u32 = 83;
  for (let p: usize = WX; p < BIAS + 2 * UNITS; p++) {
    s = s * 69069 + 1;
    store<u8>(p, <u8>(<i32>s >> 25));
  }
  memory.fill(STATE, 0, 2 * UNITS);
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let t: i32 = 0; t < 8; t++) {
      for (let j: i32 = 0; j < INPUTS; j++) {
        s = s * 69069 + 1;
        store<i16>(X + (j << 1), <i16>(<i32>s >> 20));
      }
      h = h * 3 + tick(t);
      h ^= <i32>load<i16>(STATE + ((t + 4) << 1));
    }
    for (let u: i32 = 0; u < UNITS; u++) h = h * 31 + <i32>load<i16>(STATE + (u << 1));
  }
  return h;
}

// A word that wakes the watch, by filters of two parts (singular value decomposition filters): 24 bands of a frame (int8), 16 filters whose first part weighs the bands and whose second weighs the last eight sums of the first (int16), two filters a unit, relu; a multiplier and a shift as quantised runtimes have them, products of 64 bits; four frames an iteration.
const BANDS: i32 = 24;
const FILTERS: i32 = 16;
const MEMORY: i32 = 8;
const RANK: i32 = 2;
const UNITS: i32 = FILTERS / RANK;

const bands: usize = 1024; // i8[24]
const inFrequency: usize = 1056; // i8[16][24]
const inTime: usize = 1440; // i16[16][8]
const state: usize = 1696; // i16[16][8]
const scratch: usize = 1952; // i32[16]
const output: usize = 2016; // i8[8]

const bias: StaticArray<i32> = [420, -3100, 900, 12000, -700, 5200, -16000, 88];

function scaled(v: i32, multiplier: i32, shift: i32): i32 {
  const doubled: i64 = (<i64>v * <i64>multiplier + (1 << 30)) >> 31;
  const high: i32 = <i32>doubled;
  return (high + (1 << (shift - 1))) >> shift;
}

@inline function clamp(v: i32, least: i32, most: i32): i32 {
  return v < least ? least : v > most ? most : v;
}

function frame(): void {
  // the oldest sum of each filter goes, the newest comes last
  memory.copy(state, state + 2, (FILTERS * MEMORY - 1) * 2);
  for (let f: i32 = 0; f < FILTERS; f++) {
    let sum: i32 = 0;
    const row: usize = inFrequency + f * BANDS;
    for (let i: i32 = 0; i < BANDS; i++) sum += <i32>load<i8>(row + i) * (<i32>load<i8>(bands + i) + 7);
    store<i16>(state + ((f * MEMORY + MEMORY - 1) << 1), <i16>clamp(scaled(sum, 1518500250, 1), -32768, 32767));
  }
  for (let f: i32 = 0; f < FILTERS; f++) {
    let sum: i32 = 0;
    for (let m: i32 = 0; m < MEMORY; m++) {
      const at: usize = (f * MEMORY + m) << 1;
      sum += <i32>load<i16>(inTime + at) * <i32>load<i16>(state + at);
    }
    store<i32>(scratch + (f << 2), sum);
  }
  for (let u: i32 = 0; u < UNITS; u++) {
    let sum: i32 = unchecked(bias[u]);
    for (let r: i32 = 0; r < RANK; r++) sum += load<i32>(scratch + ((u * RANK + r) << 2));
    store<i8>(output + u, <i8>clamp(scaled(sum, 1879048192, 15) - 128, -128, 127));
  }
}

export function run(n: i32): i32 {
  let s: u32 = 2016;
  for (let i: i32 = 0; i < FILTERS * BANDS; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(inFrequency + i, <i8>(<i32>s >> 24));
  }
  for (let i: i32 = 0; i < FILTERS * MEMORY; i++) {
    s = s * 1664525 + 1013904223;
    store<i16>(inTime + (i << 1), <i16>(<i32>s >> 22));
  }
  memory.fill(state, 0, FILTERS * MEMORY * 2);
  memory.fill(bands, 0, BANDS);
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let t: i32 = 0; t < 4; t++) {
      for (let i: i32 = 0; i < BANDS; i++) {
        s = s * 1664525 + 1013904223;
        store<i8>(bands + i, <i8>((<i32>load<i8>(bands + i) >> 1) + (<i32>s >> 26)));
      }
      frame();
      for (let u: i32 = 0; u < UNITS; u++) h = h * 31 + <i32>load<i8>(output + u);
    }
  }
  return h;
}

// Where the heart beats in an electrocardiogram, by a wavelet with holes: four scales of a quadratic spline over 64 samples (nothing is left out, taps lie 1, 2, 4, 8 apart, the block closes to a ring); at the third scale pairs of a greatest and a least value above a threshold, the beat is where the first scale changes sign between them.
const LENGTH: i32 = 64;
const MASK: i32 = LENGTH - 1;
const SCALES: i32 = 4;

const smooth: usize = 1024; // i16[64]
const next: usize = 1152; // i16[64]
const details: usize = 1280; // i16[4][64]
const beats: usize = 1792; // u8[8]

// @ts-ignore
@inline
function at(row: usize, i: i32): i32 {
  return load<i16>(row + ((i & MASK) << 1));
}

function split(scale: i32): i32 {
  const hole: i32 = 1 << scale;
  const to: usize = details + scale * LENGTH * 2;
  let size: i32 = 0;
  for (let i: i32 = 0; i < LENGTH; i++) {
    const a: i32 = at(smooth, i);
    const b: i32 = at(smooth, i - hole);
    const d: i32 = (a - b) << 1;
    store<i16>(to + (i << 1), <i16>d);
    size += abs(d);
    const sum: i32 = a + 3 * (b + at(smooth, i - 2 * hole)) + at(smooth, i - 3 * hole);
    store<i16>(next + (i << 1), <i16>((sum + 4) >> 3));
  }
  memory.copy(smooth, next, LENGTH * 2);
  return size;
}

function find(threshold: i32): i32 {
  const row: usize = details + 2 * LENGTH * 2;
  let found: i32 = 0;
  let i: i32 = 1;
  while (i < LENGTH - 1 && found < 8) {
    const v: i32 = at(row, i);
    if (v <= threshold || v < at(row, i - 1) || v < at(row, i + 1)) {
      i++;
      continue;
    }
    // the least after it, not too far
    let least: i32 = -1;
    for (let j: i32 = i + 1; j < min(i + 14, LENGTH); j++)
      if (at(row, j) < -threshold && (least < 0 || at(row, j) < at(row, least))) least = j;
    if (least < 0) {
      i++;
      continue;
    }
    let zero: i32 = i;
    while (zero < least && at(details, zero - 4) > 0) zero++;
    store<u8>(beats + found, <u8>zero);
    found++;
    i = least + 6;
  }
  return found;
}

export function run(n: i32): i32 {
  let s: u32 = 75;
  let h: i32 = 0;
  let phase: i32 = 5;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < LENGTH; i++) {
      s = s * 1664525 + 1013904223;
      let v: i32 = (<i32>s) >> 26;
      if (phase >= 4 && phase < 7) v += (phase - 3) * 240;
      else if (phase >= 7 && phase < 10) v += (8 - phase) * 260;
      else if (phase > 16 && phase < 26) v += 90 - abs(phase - 21) * 18;
      store<i16>(smooth + (i << 1), <i16>v);
      phase++;
      if (phase > 27 && s % 7 == 0) phase = 0;
    }
    for (let scale: i32 = 0; scale < SCALES; scale++) {
      const size: i32 = split(scale);
      h = h * 31 + size;
      if (scale == 2) store<i32>(beats + 8, size / LENGTH);
    }
    const found: i32 = find(load<i32>(beats + 8) + (load<i32>(beats + 8) >> 1));
    h = h * 31 + found;
    for (let i: i32 = 0; i < found; i++) h = h * 67 + <i32>load<u8>(beats + i);
  }
  return h;
}

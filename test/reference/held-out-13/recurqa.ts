// How often a gait comes back to where it was (recurrence quantification): 30 states of two samples three apart, two states are alike where neither differs by more than a radius; runs along diagonals (how long, how many of the points lie in runs of two and more) and along columns; the radius follows the share of like pairs.
const SAMPLES: i32 = 33;
const DELAY: i32 = 3;
const STATES: i32 = SAMPLES - DELAY;
const FRESH: i32 = 9;

const x: usize = 1024; // i16[33]

let radius: i32 = 160;
let share: i32 = 0;

function alike(i: i32, j: i32): bool {
  const p: usize = x + (i << 1);
  const q: usize = x + (j << 1);
  if (abs(<i32>load<i16>(p) - <i32>load<i16>(q)) > radius) return false;
  return abs(<i32>load<i16>(p, 2 * DELAY) - <i32>load<i16>(q, 2 * DELAY)) <= radius;
}

function diagonals(): i32 {
  let points: i32 = 0;
  let inRuns: i32 = 0;
  let longest: i32 = 0;
  let runs: i32 = 0;
  for (let off: i32 = 1; off < STATES; off++) {
    let length: i32 = 0;
    for (let i: i32 = 0; i + off <= STATES; i++) {
      if (i + off < STATES && alike(i, i + off)) {
        length++;
        continue;
      }
      points += length;
      if (length > 1) {
        inRuns += length;
        runs++;
        if (length > longest) longest = length;
      }
      length = 0;
    }
  }
  share = (points << 10) / ((STATES * (STATES - 1)) / 2);
  let h: i32 = points ? (inRuns << 10) / points : 0;
  h = h * 31 + longest;
  return h * 31 + (runs ? (inRuns << 4) / runs : 0);
}

function columns(): i32 {
  let trapped: i32 = 0;
  let most: i32 = 0;
  for (let j: i32 = 0; j < STATES; j += 2) {
    let i: i32 = 0;
    while (i < STATES) {
      const from: i32 = i;
      while (i < STATES && alike(i, j)) i++;
      const length: i32 = i - from;
      if (length > 1) trapped += length;
      most = max(most, length);
      i++;
    }
  }
  return trapped * 64 + most;
}

export function run(n: i32): i32 {
  let s: u32 = 1987;
  let phase: i32 = 0;
  let level: i32 = 0;
  radius = 160;
  memory.fill(x, 0, 2 * SAMPLES);
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    memory.copy(x, x + 2 * FRESH, 2 * (SAMPLES - FRESH));
    for (let i: i32 = SAMPLES - FRESH; i < SAMPLES; i++) {
      s = s * 1103515245 + 12345;
      phase = (phase + 1100 + <i32>(s >> 24)) & 8191;
      const saw: i32 = phase < 4096 ? phase - 2048 : 6143 - phase;
      level = (level * 3 + (saw >> 1) + ((<i32>s) >> 24)) >> 2;
      store<i16>(x + (i << 1), <i16>level);
    }
    h = h * 31 + diagonals();
    h = h * 31 + columns();
    if (share > 160) radius -= radius >> 4;
    else if (share < 100) radius += (radius >> 4) + 1;
    h = h * 31 + radius;
  }
  return h;
}

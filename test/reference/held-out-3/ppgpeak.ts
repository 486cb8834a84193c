// Beats in a pulse wave: slow baseline, threshold that decays, refractory time, intervals into a ring of eight.
const WAVE: usize = 1024; // u16
const SAMPLES: i32 = 400;

let baseline: i32 = 0;
let threshold: i32 = 0;
let refractory: i32 = 0;
let sinceBeat: i32 = 0;
let previous: i32 = 0;
let rising: bool = false;
let head: i32 = 0;
const intervals: StaticArray<u16> = [0, 0, 0, 0, 0, 0, 0, 0];

function synthesise(): void {
  let phase = 0;
  for (let i = 0; i < SAMPLES; i++) {
    phase = phase + 1 > 24 + (i & 3) ? 0 : phase + 1;
    const beat = phase < 4 ? phase * 180 : phase < 12 ? 720 - (phase - 4) * 90 : 0;
    store<u16>(WAVE + (<usize>i << 1), <u16>(2000 + beat + ((i * 17) & 31) + i));
  }
}

function sample(raw: i32): bool {
  baseline += (raw << 4) - (baseline >> 4);
  const x = raw - (baseline >> 8);
  const slope = x - previous;
  let beat = false;
  sinceBeat++;
  if (refractory > 0) refractory--;
  else if (rising && slope < 0 && previous > threshold) {
    beat = true;
    refractory = 8;
    threshold = (previous * 3) >> 2;
    unchecked((intervals[head & 7] = <u16>sinceBeat));
    head++;
    sinceBeat = 0;
  }
  threshold -= threshold >> 5;
  if (slope != 0) rising = slope > 0;
  previous = x;
  return beat;
}

function heartRate(): i32 {
  let sum = 0;
  for (let i = 0; i < 8; i++) sum += unchecked(intervals[i]);
  return sum ? (60 * 25 * 8) / sum : 0;
}

export function run(n: i32): i32 {
  synthesise();
  let beats = 0;
  let rate = 0;
  for (let k = 0; k < n; k++) {
    baseline = 2000 << 8;
    threshold = 50;
    for (let i = 0; i < SAMPLES; i++) if (sample(<i32>load<u16>(WAVE + (<usize>i << 1)))) beats++;
    rate = rate * 3 + heartRate();
  }
  return beats * 1000 + rate;
}

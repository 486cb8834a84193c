// Heart beats in an electrocardiogram as Pan and Tompkins find them: low-pass and high-pass by recursion over rings, slope over five samples, squared, a running mean of 30, thresholds that learn signal and noise, a search back.
@unmanaged
class Detector {
  low1: i32;
  low2: i32;
  high: i32;
  sum: i32;
  at: u32;
  signal: i32;
  noise: i32;
  last: i32;
  missed: i32;
  missedAt: i32;
  interval: i32;
  before: i32;
  rising: i32;
}

const RAW: usize = 2048; // i32[16]
const LOW: usize = 2112; // i32[32]
const HIGH: usize = 2240; // i32[8]
const SQUARE: usize = 2272; // i32[30]
const d = changetype<Detector>(1024);

function ring(base: usize, at: u32, back: u32, mask: u32): i32 {
  return load<i32>(base + (((at - back) & mask) << 2));
}

function filtered(x: i32): i32 {
  const t: u32 = d.at;
  store<i32>(RAW + ((t & 15) << 2), x);
  const y: i32 = 2 * d.low1 - d.low2 + x - 2 * ring(RAW, t, 6, 15) + ring(RAW, t, 12, 15);
  d.low2 = d.low1;
  d.low1 = y;
  const low: i32 = y >> 5;
  store<i32>(LOW + ((t & 31) << 2), low);
  d.high += low - ring(LOW, t, 31, 31);
  const band: i32 = ring(LOW, t, 16, 31) - (d.high >> 5);
  store<i32>(HIGH + ((t & 7) << 2), band);
  const slope: i32 = (2 * band + ring(HIGH, t, 1, 7) - ring(HIGH, t, 3, 7) - 2 * ring(HIGH, t, 4, 7)) >> 3;
  const square: i32 = min(slope * slope, 1 << 20);
  const slot: usize = SQUARE + ((t % 30) << 2);
  d.sum += square - load<i32>(slot);
  store<i32>(slot, square);
  d.at = t + 1;
  return d.sum / 30;
}

function beat(now: i32, height: i32): void {
  if (d.last >= 0) d.interval += (now - d.last - d.interval) >> 3;
  d.last = now;
  d.signal += (height - d.signal) >> 3;
  d.missed = 0;
}

function feed(x: i32): i32 {
  const now: i32 = <i32>d.at;
  const v: i32 = filtered(x);
  let found: i32 = 0;
  if (d.rising && v < d.before) {
    const height: i32 = d.before;
    const limit: i32 = d.noise + ((d.signal - d.noise) >> 2);
    if (height > limit && now - d.last > 20) {
      beat(now, height);
      found = 1;
    } else {
      d.noise += (height - d.noise) >> 3;
      if (height > d.missed) {
        d.missed = height;
        d.missedAt = now;
      }
    }
  }
  d.rising = v > d.before ? 1 : 0;
  d.before = v;
  if (!found && now - d.last > d.interval + (d.interval >> 1) && d.missed > (d.signal >> 4)) {
    beat(d.missedAt, d.missed);
    found = 2;
  }
  return found;
}

function wave(t: i32, k: i32): i32 {
  const p: i32 = t % (76 + (k & 7));
  let v: i32 = ((t * 37) & 31) - 16;
  if (p < 4) v += (p + 1) * 180;
  else if (p < 8) v += (7 - p) * 240 - 260;
  else if (p > 24 && p < 40) v += 90 - abs(p - 32) * 11;
  return t % 400 > 320 ? v >> 2 : v;
}

export function run(n: i32): i32 {
  memory.fill(1024, 0, 2048);
  d.last = -1;
  d.interval = 80;
  d.signal = 800;
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++)
    for (let i: i32 = 0; i < 160; i++) {
      const t: i32 = k * 160 + i;
      const found: i32 = feed(wave(t, k));
      if (found) h = h * 31 + i * found + d.interval;
    }
  return h ^ d.noise ^ (d.signal << 8);
}

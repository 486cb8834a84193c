// A hearing aid's loudness (compression of a wide range in three bands): two one-pole filters split a sample, each band follows its own strength (fast up, slowly down), a logarithm of base two (Q8) goes over a curve of knee and slope by band, an exponential makes it a factor which glides; the bands are added up and held below a limit; 24 samples an iteration.
const BANDS: i32 = 3;

@unmanaged
class Band {
  split: i32;
  strength: i32;
  factor: i32;
  gain: i16;
  knee: i16;
  slope: i16;
  down: i16;
}

const bands: usize = 1024; // Band[3]

function logarithm(v: i32): i32 {
  const whole: i32 = 31 - clz(v | 1);
  return (whole << 8) + (((v << (31 - whole)) >>> 23) & 255);
}

function exponential(e: i32): i32 {
  const whole: i32 = e >> 8;
  const factor: i32 = 256 + (e & 255);
  return whole < 0 ? factor >> -whole : factor << whole;
}

function through(band: Band, v: i32): i32 {
  const size: i32 = abs(v) << 4;
  const rise: i32 = size - band.strength;
  band.strength += rise >> (rise > 0 ? 2 : band.down);
  let gain: i32 = band.gain;
  const over: i32 = logarithm(band.strength) - band.knee;
  if (over > 0) gain -= (over * band.slope) >> 8;
  else if (over < -768) gain += (over + 768) >> 1;
  band.factor += (exponential(gain) - band.factor) >> 3;
  return (v * band.factor) >> 8;
}

function put(i: i32, gain: i32, knee: i32, slope: i32, down: i32): void {
  const band = changetype<Band>(bands + i * offsetof<Band>());
  band.split = band.strength = 0;
  band.factor = 256;
  band.gain = <i16>gain;
  band.knee = <i16>knee;
  band.slope = <i16>slope;
  band.down = <i16>down;
}

export function run(n: i32): i32 {
  let s: u32 = 1987;
  let phase: i32 = 0;
  let loud: i32 = 40;
  let limited: i32 = 0;
  put(0, 200, 2700, 90, 7);
  put(1, 420, 2500, 128, 6);
  put(2, 700, 2300, 150, 5);
  const low = changetype<Band>(bands);
  const middle = changetype<Band>(bands + offsetof<Band>());
  const high = changetype<Band>(bands + 2 * offsetof<Band>());
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    if ((k & 3) == 0) loud = 40 + <i32>(s >> 24) * ((k >> 2) & 7);
    for (let t: i32 = 0; t < 24; t++) {
      s = s * 1664525 + 1013904223;
      phase = (phase + 5100) & 0xffff;
      const wave: i32 = (phase & 0x8000 ? 0xc000 - phase : phase - 0x4000) >> 3;
      const x: i32 = ((wave + (<i32>s >> 20)) * loud) >> 11;
      low.split += (x - low.split) >> 3;
      middle.split += (x - middle.split) >> 1;
      let y: i32 = through(low, low.split);
      y += through(middle, middle.split - low.split);
      y += through(high, x - middle.split);
      if (y > 2000 || y < -2000) {
        limited++;
        y = y < 0 ? -2000 - ((-2000 - y) >> 3) : 2000 + ((y - 2000) >> 3);
      }
      h = h * 31 + y;
    }
    h = h * 31 + limited + high.factor;
  }
  return h;
}

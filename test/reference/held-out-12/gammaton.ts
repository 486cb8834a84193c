// What the ear would make of it: five bands, each four complex one-pole filters behind each other (factors in Q14, states of 32 bits), 24 samples; the size of the last state by its greater and smaller part, half-way rectified mean, a logarithm by the leading bit and three bits behind it; the bands' levels follow slowly.
const BANDS: i32 = 5;
const ORDER: i32 = 4;
const LENGTH: i32 = 24;

@unmanaged
class Pole {
  re: i32;
  im: i32;
}

const sound: usize = 1024; // i16[24]
const poles: usize = 1088; // Pole[5][4]
const levels: usize = 1280; // i32[5]

// (re, im, gain) in Q14: e^-b times cosine and sine
const factors: StaticArray<i32> = [
  15020, 2983, 1160,
  13614, 6211, 1420,
  10392, 9988, 1970,
  4502, 13139, 2500,
  -4166, 12158, 3540,
];

function logarithm(v: u32): i32 {
  if (v == 0) return 0;
  const top: i32 = 31 - clz(v);
  const rest: i32 = top >= 3 ? (v >> (top - 3)) & 7 : (v << (3 - top)) & 7;
  return (top << 3) + rest;
}

function band(b: i32): i32 {
  const re: i32 = unchecked(factors[3 * b]);
  const im: i32 = unchecked(factors[3 * b + 1]);
  const gain: i32 = unchecked(factors[3 * b + 2]);
  let sum: u32 = 0;
  for (let i: i32 = 0; i < LENGTH; i++) {
    let x: i32 = load<i16>(sound + (i << 1));
    let y: i32 = 0;
    for (let o: i32 = 0; o < ORDER; o++) {
      const pole: Pole = changetype<Pole>(poles + ((b * ORDER + o) << 3));
      const nextRe: i32 = (re * pole.re - im * pole.im + gain * x) >> 14;
      const nextIm: i32 = (re * pole.im + im * pole.re + gain * y) >> 14;
      pole.re = nextRe;
      pole.im = nextIm;
      x = nextRe;
      y = nextIm;
    }
    const a: i32 = abs(x);
    const c: i32 = abs(y);
    const size: i32 = a > c ? a + (c >> 1) : c + (a >> 1);
    sum += size;
    if (x > 0) sum += x;
  }
  return logarithm(sum);
}

export function run(n: i32): i32 {
  let s: u32 = 4711;
  memory.fill(poles, 0, BANDS * ORDER * 8);
  memory.fill(levels, 0, BANDS * 4);
  let h: i32 = 0;
  let wave: i32 = 0;
  let pitch: i32 = 900;
  for (let k: i32 = 0; k < n; k++) {
    s = s * 1664525 + 1013904223;
    if (s >> 30 == 0) pitch = 200 + <i32>((s >> 16) & 8191);
    for (let i: i32 = 0; i < LENGTH; i++) {
      s = s * 1664525 + 1013904223;
      wave = (wave + pitch) & 0xffff;
      const triangle: i32 = wave < 0x8000 ? wave - 0x4000 : 0xbfff - wave;
      store<i16>(sound + (i << 1), <i16>((triangle >> 3) + ((<i32>s) >> 22)));
    }
    for (let b: i32 = 0; b < BANDS; b++) {
      const now: i32 = band(b);
      const old: i32 = load<i32>(levels + (b << 2));
      const level: i32 = old + ((((now << 4) - old) * 3) >> 3);
      store<i32>(levels + (b << 2), level);
      h = h * 31 + level;
    }
  }
  return h;
}

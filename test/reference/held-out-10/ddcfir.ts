// A subcarrier brought down to zero: 80 samples of 12 bits times cosine and sine of an oscillator (32 bits of phase, a quarter of a sine in a table), then one symmetrical filter of 16 taps over both parts, only every fourth output made; size by the greater and the less part, the turn from one output to the next steers the oscillator.
const BLOCK: i32 = 80;
const TAPS: i32 = 16;
const RE: usize = 1024; // i16[96]: 16 of the block before, then 80
const IM: usize = 1280;
const half: StaticArray<i16> = [-58, -131, -150, 118, 880, 2113, 3421, 4263];
const quarter: StaticArray<i16> = [0, 1606, 3196, 4756, 6270, 7723, 9102, 10394, 11585, 12665, 13623, 14449, 15137, 15679, 16069, 16305, 16384];

@unmanaged
class Oscillator {
  phase: u32;
  step: u32;

  static sine(phase: u32): i32 {
    let i: i32 = <i32>((phase >> 26) & 31);
    if (i > 16) i = 32 - i;
    const v: i32 = unchecked(quarter[i]);
    return <i32>phase < 0 ? -v : v;
  }
}

const local = changetype<Oscillator>(1536);

function mix(samples: usize): void {
  for (let i: i32 = 0; i < BLOCK; i++) {
    const x: i32 = load<i16>(samples + (i << 1));
    const phase: u32 = local.phase;
    store<i16>(RE + ((TAPS + i) << 1), <i16>((x * Oscillator.sine(phase + 0x40000000)) >> 14));
    store<i16>(IM + ((TAPS + i) << 1), <i16>((-x * Oscillator.sine(phase)) >> 14));
    local.phase = phase + local.step;
  }
}

function filtered(p: usize): i32 {
  let sum: i32 = 8192;
  let q: usize = p + ((TAPS - 1) << 1);
  for (let t: i32 = 0; t < TAPS >> 1; t++) {
    sum += (<i32>load<i16>(p) + <i32>load<i16>(q)) * <i32>unchecked(half[t]);
    p += 2;
    q -= 2;
  }
  return sum >> 14;
}

const SAMPLES: usize = 2048; // i16[80]

export function run(n: i32): i32 {
  let s: u32 = 118;
  let carrier: u32 = 0;
  local.phase = 0;
  local.step = 0x15000000;
  memory.fill(RE, 0, 32);
  memory.fill(IM, 0, 32);
  let lastRe: i32 = 0;
  let lastIm: i32 = 0;
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < BLOCK; i++) {
      s = s * 1664525 + 1013904223;
      carrier += 0x14800000 + (<u32>(k & 3) << 18);
      const wave: i32 = <i32>carrier >> 21;
      store<i16>(SAMPLES + (i << 1), <i16>((abs(wave) << 1) - 1024 + (<i32>s >> 24)));
    }
    mix(SAMPLES);
    let turn: i32 = 0;
    for (let i: i32 = 4; i <= BLOCK; i += 4) {
      const re: i32 = filtered(RE + (i << 1));
      const im: i32 = filtered(IM + (i << 1));
      const a: i32 = abs(re);
      const b: i32 = abs(im);
      const size: i32 = max(a, b) + (min(a, b) * 3 >> 3);
      h = h * 31 + re * 3 + im;
      h = h * 31 + size;
      if (size > 60) turn += (im * lastRe - re * lastIm) / size;
      lastRe = re;
      lastIm = im;
    }
    local.step += <u32>(turn << 8);
    h ^= turn;
    memory.copy(RE, RE + (BLOCK << 1), TAPS << 1);
    memory.copy(IM, IM + (BLOCK << 1), TAPS << 1);
  }
  return h;
}

// Decimation by 12: three integrators that wrap around, three combs, then a filter of nine taps that mends the droop; 32 bits.
const RATE: i32 = 12;
const SAMPLES: i32 = 240;
const TAPS: i32 = 9;
const IN: usize = 1024; // i16[240]
const OUT: usize = 2048; // i32[20]
const H: usize = 2304; // i16[9]
const LINE: usize = 2368; // i32[9]

let i0: i32 = 0;
let i1: i32 = 0;
let i2: i32 = 0;
let c0: i32 = 0;
let c1: i32 = 0;
let c2: i32 = 0;

function reset(): void {
  i0 = i1 = i2 = c0 = c1 = c2 = 0;
  memory.fill(LINE, 0, 36);
  let v: i32 = 0;
  for (let i: i32 = 0; i < SAMPLES; i++) {
    v += ((i * 73) % 61) - 30;
    store<i16>(IN + ((<usize>i) << 1), <i16>v);
  }
  store<i64>(H, 0xfff0_0030_ff60_0010);
  store<i64>(H + 8, 0x0030_ff60_0200_2000);
  store<i16>(H + 16, 16);
}

function comb(v: i32): i32 {
  const a: i32 = v - c0;
  c0 = v;
  const b: i32 = a - c1;
  c1 = a;
  const d: i32 = b - c2;
  c2 = b;
  return d;
}

function mend(v: i32): i32 {
  for (let i: usize = 32; i > 0; i -= 4) store<i32>(LINE + i, load<i32>(LINE + i - 4));
  store<i32>(LINE, v);
  let sum: i32 = 0;
  for (let i: usize = 0; i < <usize>TAPS; i++) sum += load<i32>(LINE + (i << 2)) * <i32>load<i16>(H + (i << 1));
  return sum >> 13;
}

function decimate(): usize {
  let phase: i32 = RATE;
  let to: usize = OUT;
  for (let i: i32 = 0; i < SAMPLES; i++) {
    i0 += <i32>load<i16>(IN + ((<usize>i) << 1));
    i1 += i0;
    i2 += i1;
    if (--phase == 0) {
      phase = RATE;
      store<i32>(to, mend(comb(i2) >> 6));
      to += 4;
    }
  }
  return to;
}

export function run(n: i32): i32 {
  reset();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    store<i16>(IN + ((<usize>((k * 11) % SAMPLES)) << 1), <i16>(k * 517));
    const end: usize = decimate();
    for (let p: usize = OUT; p < end; p += 8) h = h * 9 + load<i32>(p);
  }
  return h;
}

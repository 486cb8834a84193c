// From one sampling rate to another by Farrow's structure: a cubic through four samples kept in locals, the phase a fraction of 32 bits, Horner in Q15 with rounding, saturated; two channels interleaved, a rate that is steered a little each block.
const IN: usize = 1024; // i16[100][2]
const OUT: usize = 2048; // i16[160][2]
const INPUTS: i32 = 60;

let phase: u32 = 0;
let rate: u32 = 0;

// @ts-ignore: decorator
@inline
function saturate(v: i32): i16 {
  return <i16>(v > 32767 ? 32767 : v < -32768 ? -32768 : v);
}

// @ts-ignore: decorator
@inline
function cubic(a: i32, b: i32, c: i32, d: i32, mu: i32): i32 {
  const c3: i32 = (d - a + 3 * (b - c)) / 6;
  const c2: i32 = ((a + c) >> 1) - b;
  const c1: i32 = c - ((2 * a + 3 * b + d) / 6);
  let v: i32 = (c3 * mu + 16384) >> 15;
  v = ((v + c2) * mu + 16384) >> 15;
  v = ((v + c1) * mu + 16384) >> 15;
  return v + b;
}

/** Returns how many frames came out. */
function resample(inputs: i32): i32 {
  let p: usize = IN;
  let q: usize = OUT;
  let a0: i32 = 0, b0: i32 = 0, c0: i32 = 0, d0: i32 = 0;
  let a1: i32 = 0, b1: i32 = 0, c1: i32 = 0, d1: i32 = 0;
  let x: u32 = phase;
  for (let i: i32 = 0; i < inputs; i++) {
    a0 = b0;
    b0 = c0;
    c0 = d0;
    d0 = <i32>load<i16>(p) >> 1;
    a1 = b1;
    b1 = c1;
    c1 = d1;
    d1 = <i32>load<i16>(p, 2) >> 1;
    p += 4;
    // as many as fall between the two samples in the middle
    let next: u64 = x;
    while (next < 0x100000000) {
      const mu: i32 = <i32>(<u32>next >> 17);
      store<i16>(q, saturate(cubic(a0, b0, c0, d0, mu) * 2));
      store<i16>(q, saturate(cubic(a1, b1, c1, d1, mu) * 2), 2);
      q += 4;
      next += rate;
    }
    x = <u32>next;
  }
  phase = x;
  return <i32>((q - OUT) >> 2);
}

export function run(n: i32): i32 {
  phase = 0;
  rate = 3221225472; // three quarters
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < INPUTS; i++) {
      const t: i32 = (i + k * 7) & 63;
      store<i16>(IN + ((<usize>i) << 2), <i16>((t < 32 ? t : 63 - t) * 2050 - 32000));
      store<i16>(IN + ((<usize>i) << 2), <i16>(((i * i * 31 + k * 1000) & 0x3fff) - 8192), 2);
    }
    const frames: i32 = resample(INPUTS);
    for (let i: i32 = 0; i < frames; i += 3) h = h * 31 + load<i32>(OUT + ((<usize>i) << 2));
    rate += <u32>((frames - 79) << 18);
  }
  return h + <i32>phase;
}

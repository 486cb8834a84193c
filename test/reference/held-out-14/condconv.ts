// A convolution whose kernel is mixed for each window (conditionally parameterised): 16 frames of four values, four experts with kernels of six filters by three taps (int8); the means of the window say how much of each expert (a hard sigmoid, 0 to 256), the mixed kernel lies in int16; frames outside are zero, stride two, relu to int8.
const FRAMES: i32 = 16;
const IN: i32 = 4;
const EXPERTS: i32 = 4;
const FILTERS: i32 = 6;
const TAPS: i32 = 3;
const KERNEL: i32 = FILTERS * TAPS * IN;

const x: usize = 1024; // i8[16][4]
const experts: usize = 1088; // i8[4][72]
const mixed: usize = 1376; // i16[72]
const routes: usize = 1520; // i8[4][4]
const share: usize = 1536; // i32[4]
const y: usize = 1552; // i8[8][6]

const lean: StaticArray<i16> = [100, -60, 20, 140];

function route(): void {
  for (let e: i32 = 0; e < EXPERTS; e++) {
    let sum: i32 = unchecked(lean[e]);
    for (let c: i32 = 0; c < IN; c++) {
      let mean: i32 = 0;
      for (let t: i32 = 0; t < FRAMES; t++) mean += load<i8>(x + t * IN + c);
      sum += (mean * <i32>load<i8>(routes + e * IN + c)) >> 6;
    }
    store<i32>(share + (e << 2), sum < -128 ? 0 : sum > 128 ? 256 : sum + 128);
  }
}

function mix(): void {
  for (let i: i32 = 0; i < KERNEL; i++) {
    let sum: i32 = 0;
    for (let e: i32 = 0; e < EXPERTS; e++)
      sum += load<i32>(share + (e << 2)) * <i32>load<i8>(experts + e * KERNEL + i);
    store<i16>(mixed + (i << 1), <i16>(sum >> 4));
  }
}

function convolve(): void {
  let out: usize = y;
  for (let t: i32 = 0; t < FRAMES; t += 2)
    for (let f: i32 = 0; f < FILTERS; f++) {
      let sum: i32 = 1 << 12;
      for (let j: i32 = 0; j < TAPS; j++) {
        const at: i32 = t + j - 1;
        if (at < 0 || at >= FRAMES) continue;
        const w: usize = mixed + (((f * TAPS + j) * IN) << 1);
        const v: usize = x + at * IN;
        sum += <i32>load<i8>(v) * <i32>load<i16>(w);
        sum += <i32>load<i8>(v, 1) * <i32>load<i16>(w, 2);
        sum += <i32>load<i8>(v, 2) * <i32>load<i16>(w, 4);
        sum += <i32>load<i8>(v, 3) * <i32>load<i16>(w, 6);
      }
      sum >>= 13;
      store<i8>(out++, <i8>(sum < 0 ? 0 : sum > 127 ? 127 : sum));
    }
}

export function run(n: i32): i32 {
  let s: u32 = 1904;
  for (let i: usize = experts; i < experts + EXPERTS * KERNEL; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(i, <i8>(<i32>s >> 24));
  }
  for (let i: usize = routes; i < routes + EXPERTS * IN; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(i, <i8>(<i32>s >> 26));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    const tilt: i32 = <i32>(s >> 28) - 8;
    for (let i: usize = x; i < x + FRAMES * IN; i++) {
      s = s * 1664525 + 1013904223;
      store<i8>(i, <i8>((<i32>s >> 25) + (i & 1 ? tilt : -tilt)));
    }
    route();
    mix();
    convolve();
    for (let i: i32 = 0; i < (FRAMES / 2) * FILTERS; i++) h = h * 31 + <i32>load<i8>(y + i);
    for (let e: i32 = 0; e < EXPERTS; e++) h = h * 7 + load<i32>(share + (e << 2));
  }
  return h;
}

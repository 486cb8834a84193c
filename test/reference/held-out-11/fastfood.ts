// A kernel machine without its vectors (Fastfood): 32 features are turned to random phases by signs, a Hadamard transform, a shuffle, factors and one more transform, twice with different ones; cosines of the 64 phases (a table of a quarter wave) times int16 weights for three classes. The true class moves its weights when it loses.
const SIZE: i32 = 32;
const BLOCKS: i32 = 2;
const CLASSES: i32 = 3;

const input: usize = 1024; // i16[32]
const signs: usize = 1088; // u32[2]
const shuffle: usize = 1096; // u8[2][32]
const factors: usize = 1160; // i16[2][32]
const work: usize = 1344; // i32[32]
const other: usize = 1472; // i32[32]
const features: usize = 1600; // i16[64]
const weights: usize = 1728; // i16[3][64]

// 256 * cos(i * pi / 32) for i = 0 to 16
const quarter: StaticArray<i16> = [
  256, 255, 251, 245, 237, 226, 213, 198, 181, 162, 142, 121, 98, 74, 50, 25, 0,
];

function cosine(phase: i32): i32 {
  phase &= 63;
  if (phase > 32) phase = 64 - phase;
  return phase > 16 ? -(<i32>unchecked(quarter[32 - phase])) : <i32>unchecked(quarter[phase]);
}

function hadamard(a: usize): void {
  for (let half: i32 = 1; half < SIZE; half <<= 1) {
    const span: usize = half << 2;
    for (let from: i32 = 0; from < SIZE; from += half << 1) {
      let p: usize = a + (from << 2);
      for (let j: i32 = 0; j < half; j++) {
        const x: i32 = load<i32>(p);
        const y: i32 = load<i32>(p + span);
        store<i32>(p, x + y);
        store<i32>(p + span, x - y);
        p += 4;
      }
    }
  }
}

function phases(block: i32): void {
  let sign: u32 = load<u32>(signs + (block << 2));
  for (let i: i32 = 0; i < SIZE; i++) {
    const x: i32 = load<i16>(input + (i << 1));
    store<i32>(work + (i << 2), sign & 1 ? -x : x);
    sign >>= 1;
  }
  hadamard(work);
  for (let i: i32 = 0; i < SIZE; i++) {
    const from: i32 = load<u8>(shuffle + block * SIZE + i);
    store<i32>(
      other + (i << 2),
      (load<i32>(work + (from << 2)) * <i32>load<i16>(factors + ((block * SIZE + i) << 1))) >> 8,
    );
  }
  hadamard(other);
  for (let i: i32 = 0; i < SIZE; i++)
    store<i16>(features + ((block * SIZE + i) << 1), <i16>cosine(load<i32>(other + (i << 2)) >> 7));
}

export function run(n: i32): i32 {
  let s: u32 = 2013;
  for (let b: i32 = 0; b < BLOCKS; b++) {
    s = s * 1664525 + 1013904223;
    store<u32>(signs + (b << 2), s ^ (s >> 15));
    const order: usize = shuffle + b * SIZE;
    for (let i: i32 = 0; i < SIZE; i++) {
      s = s * 1664525 + 1013904223;
      store<i16>(factors + ((b * SIZE + i) << 1), <i16>((<i32>s) >> 23));
      // put in at a random place, what was there goes to the end
      const place: i32 = <i32>(((s >> 8) & 0xffff) % <u32>(i + 1));
      store<u8>(order + i, load<u8>(order + place));
      store<u8>(order + place, <u8>i);
    }
  }
  for (let i: i32 = 0; i < CLASSES * SIZE * BLOCKS; i++) {
    s = s * 1664525 + 1013904223;
    store<i16>(weights + (i << 1), <i16>((<i32>s) >> 24));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    s = s * 1664525 + 1013904223;
    const truth: i32 = <i32>(s >> 16) % CLASSES;
    for (let i: i32 = 0; i < SIZE; i++) {
      s = s * 1664525 + 1013904223;
      store<i16>(input + (i << 1), <i16>(((i * (truth + 2)) & 15) * 8 + ((<i32>s) >> 26)));
    }
    for (let b: i32 = 0; b < BLOCKS; b++) phases(b);
    let best: i32 = 0;
    let most: i32 = i32.MIN_VALUE;
    for (let c: i32 = 0; c < CLASSES; c++) {
      let sum: i32 = 0;
      const w: usize = weights + c * (SIZE * BLOCKS * 2);
      for (let i: i32 = 0; i < SIZE * BLOCKS; i++)
        sum += <i32>load<i16>(w + (i << 1)) * <i32>load<i16>(features + (i << 1));
      h = h * 31 + sum;
      if (sum > most) {
        most = sum;
        best = c;
      }
    }
    h = h * 31 + best;
    const up: usize = weights + truth * (SIZE * BLOCKS * 2);
    const down: usize = weights + (best == truth ? (best + 1) % CLASSES : best) * (SIZE * BLOCKS * 2);
    for (let i: i32 = 0; i < SIZE * BLOCKS; i++) {
      const step: i32 = (<i32>load<i16>(features + (i << 1))) >> 3;
      store<i16>(up + (i << 1), <i16>(<i32>load<i16>(up + (i << 1)) + step));
      store<i16>(down + (i << 1), <i16>(<i32>load<i16>(down + (i << 1)) - step));
    }
  }
  return h;
}

// A convolution by counting bits: 32 channels of three bits each lie as three words of 32 bits a frame, weights of two bits (-2 to 1) as two words a tap; three taps along ten frames, sixteen filters, products are populations of ands; sums become three bits again by thresholds of each filter.
const FRAMES: i32 = 10;
const FILTERS: i32 = 16;
const TAPS: i32 = 3;

const frames: usize = 1024; // u32[10][3]
const weights: usize = 1280; // u32[16][3][2]
const bias: usize = 1792; // i32[16]

let seed: u32 = 0;

function noise(): u32 {
  seed ^= seed << 13;
  seed ^= seed >> 17;
  seed ^= seed << 5;
  return seed;
}

function dot(a: usize, w: usize): i32 {
  const one: u32 = load<u32>(w);
  const minusTwo: u32 = load<u32>(w, 4);
  let sum: i32 = 0;
  for (let bit: i32 = 2; bit >= 0; bit--) {
    const plane: u32 = load<u32>(a + (bit << 2));
    sum = 2 * sum + <i32>popcnt(plane & one) - 2 * <i32>popcnt(plane & minusTwo);
  }
  return sum;
}

export function run(n: i32): i32 {
  seed = 7001;
  for (let i: i32 = 0; i < FILTERS * TAPS * 2; i++) store<u32>(weights + (i << 2), i & 1 ? noise() & noise() : noise());
  for (let f: i32 = 0; f < FILTERS; f++) store<i32>(bias + (f << 2), <i32>(noise() >> 26));
  for (let i: i32 = 0; i < FRAMES * 3; i++) store<u32>(frames + (i << 2), noise());
  let h: i32 = 0;
  let last: u32 = 0;
  while (n > 0) {
    n--;
    // a new frame: what the filters said last in half of its channels
    memory.copy(frames, frames + 12, (FRAMES - 1) * 12);
    for (let p: i32 = 0; p < 3; p++)
      store<u32>(frames + (FRAMES - 1) * 12 + (p << 2), (noise() << 16) | ((last >> p) & 0x5555) | (noise() & 0xaaaa));
    for (let t: i32 = 0; t <= FRAMES - TAPS; t++) {
      const a: usize = frames + t * 12;
      let w: usize = weights;
      for (let f: i32 = 0; f < FILTERS; f++) {
        let sum: i32 = load<i32>(bias + (f << 2));
        for (let tap: i32 = 0; tap < TAPS; tap++) {
          sum += dot(a + tap * 12, w);
          w += 8;
        }
        const level: i32 = max(0, min(7, sum >> 3));
        h = h * 9 + level;
        last = (last << 1) ^ level;
      }
    }
  }
  return h;
}

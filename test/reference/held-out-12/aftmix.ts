// Ten frames mixed without attention's products: every value has its own weight by key and by how far apart the frames lie (powers of two in sixteenths out of a table, less the greatest), the mean is let through by a gate of straight pieces; six values a frame, int8.
const FRAMES: i32 = 10;
const WIDTH: i32 = 6;
const GONE: i32 = 160;

const queries: usize = 1024; // i8[10][6]
const keys: usize = 1088; // i8[10][6]
const values: usize = 1152; // i8[10][6]
const apart: usize = 1216; // i8[19]
const mixed: usize = 1280; // i8[10][6]

// 2^-(i / 16) in Q12
const powers: StaticArray<u16> = [
  4096, 3922, 3756, 3597, 3444, 3298, 3158, 3025, 2896, 2774, 2656, 2543, 2435, 2332, 2233, 2139,
];

function weight(less: i32): i32 {
  if (less >= GONE) return 0;
  return <i32>unchecked(powers[less & 15]) >> (less >> 4);
}

/** Straight pieces of a sigmoid: 0 to 256. */
function gate(q: i32): i32 {
  const size: i32 = abs(q);
  let up: i32;
  if (size < 32) up = 128 + size * 2;
  else if (size < 96) up = 176 + (size >> 1);
  else up = 200 + (size >> 2);
  if (up > 256) up = 256;
  return q < 0 ? 256 - up : up;
}

function mix(t: i32, d: i32): i32 {
  let most: i32 = -1000;
  const bias: usize = apart + FRAMES - 1 - t;
  let key: usize = keys + d;
  for (let u: i32 = 0; u < FRAMES; u++) {
    const score: i32 = <i32>load<i8>(key) + <i32>load<i8>(bias + u);
    if (score > most) most = score;
    key += WIDTH;
  }
  let sum: i32 = 0;
  let all: i32 = 0;
  for (let u: i32 = 0; u < FRAMES; u++) {
    const at: usize = u * WIDTH + d;
    const w: i32 = weight(most - <i32>load<i8>(keys + at) - <i32>load<i8>(bias + u));
    sum += w * <i32>load<i8>(values + at);
    all += w;
  }
  const mean: i32 = (sum << 3) / all;
  return (mean * gate(load<i8>(queries + t * WIDTH + d))) >> 11;
}

export function run(n: i32): i32 {
  let s: u32 = 1066;
  for (let i: i32 = 0; i < 3 * 64; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(queries + i, <i8>((<i32>s) >> 25));
  }
  for (let i: i32 = 0; i < 2 * FRAMES - 1; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(apart + i, <i8>(8 * (9 - abs(i - 9)) - (s >> 27)));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let t: i32 = 0; t < FRAMES; t++)
      for (let d: i32 = 0; d < WIDTH; d++) {
        const v: i32 = mix(t, d);
        store<i8>(mixed + t * WIDTH + d, <i8>v);
        h = h * 31 + v;
      }
    // the next layer's inputs: sums with what was there, one frame on
    for (let t: i32 = 0; t < FRAMES; t++)
      for (let d: i32 = 0; d < WIDTH; d++) {
        const at: i32 = t * WIDTH + d;
        s = s * 1664525 + 1013904223;
        const old: i32 = load<i8>(values + at);
        const m: i32 = load<i8>(mixed + at);
        store<i8>(values + at, <i8>((old + m) >> 1) + <i8>((<i32>s) >> 28));
        store<i8>(keys + at, <i8>((<i32>load<i8>(keys + at) * 3 + 2 * m) >> 2) + <i8>((<i32>(s << 4)) >> 27));
        store<i8>(queries + at, <i8>(m + ((<i32>(s << 9)) >> 26)));
      }
  }
  return h;
}

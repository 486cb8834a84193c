// Keys and queries of a small attention head by head: norm by the root of the mean square, a gain, then each pair of features turned by its position (tables of sine and cosine made by turning on); scores of what lies before.
const TOKENS: u32 = 10;
const WIDTH: u32 = 12;
const PAIRS: u32 = 6;
const Q: usize = 1024; // i16[TOKENS][WIDTH]
const K: usize = 1280;
const GAIN: usize = 1536; // i16[WIDTH], Q14
const COS: usize = 2048; // i16[TOKENS][PAIRS], Q14
const SIN: usize = 2304;
const SCORES: usize = 4096; // i32[TOKENS][TOKENS]

function root(v: u64): u32 {
  let r: u64 = 0;
  let bit: u64 = 1 << 38;
  while (bit > v) bit >>= 2;
  while (bit != 0) {
    if (v >= r + bit) {
      v -= r + bit;
      r = (r >> 1) + bit;
    } else r >>= 1;
    bit >>= 2;
  }
  return <u32>r;
}

function angles(): void {
  let step: i32 = 13000; // of the first pair; each next turns at three eighths of the speed
  for (let p: u32 = 0; p < PAIRS; p++) {
    const dc: i32 = 16384 - ((step * step) >> 15);
    const ds: i32 = step;
    let c: i32 = 16384;
    let s: i32 = 0;
    for (let t: u32 = 0; t < TOKENS; t++) {
      store<i16>(COS + ((t * PAIRS + p) << 1), <i16>c);
      store<i16>(SIN + ((t * PAIRS + p) << 1), <i16>s);
      const next: i32 = (c * dc - s * ds) >> 14;
      s = (s * dc + c * ds) >> 14;
      c = next > 16384 ? 16384 : next;
    }
    step = (step * 3) >> 3;
  }
}

function normalise(row: usize): void {
  let sum: u64 = 0;
  for (let i: usize = 0; i < WIDTH * 2; i += 2) {
    const v: i32 = <i32>load<i16>(row + i);
    sum += <u64>(v * v);
  }
  const scale: i32 = <i32>((1 << 27) / (root((sum << 10) / WIDTH) + 32)); // root has five bits behind the point
  for (let i: usize = 0; i < WIDTH * 2; i += 2) {
    const v: i32 = (<i32>load<i16>(row + i) * scale) >> 12;
    store<i16>(row + i, <i16>((v * <i32>load<i16>(GAIN + i)) >> 17));
  }
}

function turn(row: usize, t: u32): void {
  let c: usize = COS + ((t * PAIRS) << 1);
  let s: usize = SIN + ((t * PAIRS) << 1);
  for (let i: usize = 0; i < WIDTH * 2; i += 4) {
    const a: i32 = <i32>load<i16>(row + i);
    const b: i32 = <i32>load<i16>(row + i, 2);
    const co: i32 = <i32>load<i16>(c);
    const si: i32 = <i32>load<i16>(s);
    store<i16>(row + i, <i16>((a * co - b * si + 8192) >> 14));
    store<i16>(row + i, <i16>((a * si + b * co + 8192) >> 14), 2);
    c += 2;
    s += 2;
  }
}

function scores(): void {
  for (let t: u32 = 0; t < TOKENS; t++)
    for (let u: u32 = 0; u <= t; u++) {
      let s: i32 = 0;
      for (let i: usize = 0; i < WIDTH * 2; i += 2)
        s += <i32>load<i16>(Q + t * WIDTH * 2 + i) * <i32>load<i16>(K + u * WIDTH * 2 + i);
      store<i32>(SCORES + ((t * TOKENS + u) << 2), s >> 8);
    }
}

export function run(n: i32): i32 {
  angles();
  for (let i: usize = 0; i < WIDTH; i++) store<i16>(GAIN + (i << 1), <i16>(12000 + ((i * 2741) & 8191)));
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    let s: u32 = 31337 + <u32>k;
    for (let i: usize = 0; i < TOKENS * WIDTH * 2; i += 2) {
      s = s * 22695477 + 1;
      store<i16>(Q + i, <i16>((<i32>s) >> 17));
      store<i16>(K + i, <i16>((<i32>(s << 7)) >> 18));
    }
    for (let t: u32 = 0; t < TOKENS; t++) {
      normalise(Q + t * WIDTH * 2);
      normalise(K + t * WIDTH * 2);
      turn(Q + t * WIDTH * 2, t);
      turn(K + t * WIDTH * 2, t);
    }
    scores();
    for (let t: u32 = 0; t < TOKENS; t++) h = h * 31 + load<i32>(SCORES + ((t * TOKENS + (t >> 1)) << 2));
  }
  return h;
}

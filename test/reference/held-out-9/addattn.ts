// Additive attention over a gesture: twelve frames of eight values, a score v . tanh(W f + U q) by a table of 64 with its sign apart, the frames' part made first for all; shares by powers of two, the context is the mean of the frames, the query follows it; int8 weights, Q7.
const FRAMES: i32 = 12;
const D: i32 = 8;
const WIDE: i32 = 10;
const F: usize = 1024; // i8[FRAMES][D]
const QUERY: usize = 1152; // i8[D]
const PART: usize = 1184; // i16[FRAMES][WIDE]
const ASKED: usize = 1440; // i32[WIDE]
const SCORE: usize = 1488; // i32[FRAMES]
const W: usize = 1552; // i8[WIDE][D]
const U: usize = 1648; // i8[WIDE][D]
const V: usize = 1744; // i8[WIDE]
const TANH: usize = 1792; // u8[64]: 127 * tanh(i / 16), made of straight pieces

function makeTable(): void {
  let y: i32 = 0; // 1/16
  for (let i: i32 = 0; i < 64; i++) {
    store<u8>(TANH + i, <u8>min(y >> 4, 127));
    y += i < 8 ? 126 : i < 16 ? 92 : i < 24 ? 42 : i < 32 ? 15 : 2;
  }
}

// @ts-ignore: decorator
@inline
function tanh(x: i32): i32 {
  const size: i32 = min(x < 0 ? -x : x, 63);
  const y: i32 = <i32>load<u8>(TANH + size);
  return x < 0 ? -y : y;
}

function project(w: usize, x: usize, row: i32): i32 {
  let sum: i32 = 0;
  for (let j: i32 = 0; j < D; j++) sum += <i32>load<i8>(w + row * D + j) * <i32>load<i8>(x + j);
  return sum;
}

function attend(): i32 {
  for (let t: i32 = 0; t < FRAMES; t++) {
    for (let r: i32 = 0; r < WIDE; r++) store<i16>(PART + ((t * WIDE + r) << 1), <i16>(project(W, F + t * D, r) >> 4));
  }
  for (let r: i32 = 0; r < WIDE; r++) store<i32>(ASKED + (r << 2), project(U, QUERY, r) >> 4);
  let best: i32 = 0;
  for (let t: i32 = 0; t < FRAMES; t++) {
    let sum: i32 = 0;
    for (let r: i32 = 0; r < WIDE; r++) {
      const x: i32 = <i32>load<i16>(PART + ((t * WIDE + r) << 1)) + load<i32>(ASKED + (r << 2));
      sum += <i32>load<i8>(V + r) * tanh(x >> 4);
    }
    store<i32>(SCORE + (t << 2), sum);
    if (sum > load<i32>(SCORE + (best << 2))) best = t;
  }
  const top: i32 = load<i32>(SCORE + (best << 2));
  let total: i32 = 0;
  for (let t: i32 = 0; t < FRAMES; t++) {
    // halves by 2048, straight lines between
    const d: i32 = top - load<i32>(SCORE + (t << 2));
    const whole: i32 = d >> 11;
    const share: i32 = whole > 12 ? 0 : (8192 - ((d & 2047) << 1)) >> whole;
    store<i32>(SCORE + (t << 2), share);
    total += share;
  }
  for (let j: i32 = 0; j < D; j++) {
    let sum: i32 = 0;
    for (let t: i32 = 0; t < FRAMES; t++) sum += load<i32>(SCORE + (t << 2)) * <i32>load<i8>(F + t * D + j);
    const context: i32 = sum / total;
    store<i8>(QUERY + j, <i8>((<i32>load<i8>(QUERY + j) + 3 * context) >> 2));
  }
  return best;
}

export function run(n: i32): i32 {
  let s: u32 = 14142;
  makeTable();
  for (let i: i32 = 0; i < 2 * 96 + WIDE; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(W + i, <i8>(<i32>s >> 24));
  }
  for (let j: i32 = 0; j < D; j++) store<i8>(QUERY + j, <i8>(9 * j - 30));
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < FRAMES * D; i++) {
      s = s * 1664525 + 1013904223;
      store<i8>(F + i, <i8>(<i32>s >> 24));
    }
    const best: i32 = attend();
    h = h * 31 + best;
    for (let j: i32 = 0; j < D; j++) h = h * 31 + <i32>load<i8>(QUERY + j);
    for (let t: i32 = 0; t < FRAMES; t++) h = h * 31 + load<i32>(SCORE + (t << 2));
  }
  return h;
}

// A movement of any length as one vector (NetVLAD): twelve frames of six values against four middles; shares of a frame by a softmax (powers of two, Q8), what lies between frame and middle is added up by share, each middle's sum is brought to length one (root and quotients), then all of them; compared with the vector of the movement before.
const FRAMES: i32 = 12;
const D: i32 = 6;
const K: i32 = 4;

const frames = changetype<StaticArray<i8>>(1024); // [12][6]
const weights = changetype<StaticArray<i8>>(1104); // [4][6]
const middles = changetype<StaticArray<i8>>(1136); // [4][6]
const sums = changetype<StaticArray<i32>>(1168); // [4][6]
const share = changetype<StaticArray<i32>>(1264); // [4]
const before = changetype<StaticArray<i16>>(1280); // [4][6]

const part: StaticArray<u8> = [255, 245, 235, 225, 215, 206, 197, 189, 181, 173, 166, 159, 152, 146, 140, 134];

function root(v: u32): u32 {
  let r: u32 = 0;
  let bit: u32 = 1 << 30;
  while (bit > v) bit >>= 2;
  while (bit) {
    if (v >= r + bit) {
      v -= r + bit;
      r = (r >> 1) + bit;
    } else r >>= 1;
    bit >>= 2;
  }
  return r;
}

function assign(t: i32): void {
  let most: i32 = i32.MIN_VALUE;
  for (let k: i32 = 0; k < K; k++) {
    let score: i32 = 0;
    for (let d: i32 = 0; d < D; d++)
      score += <i32>unchecked(weights[k * D + d]) * <i32>unchecked(frames[t * D + d]);
    unchecked((share[k] = score >> 6));
    if (score >> 6 > most) most = score >> 6;
  }
  let total: i32 = 0;
  for (let k: i32 = 0; k < K; k++) {
    const under: i32 = most - unchecked(share[k]);
    const p: i32 = under > 127 ? 0 : <i32>unchecked(part[under & 15]) >> (under >> 4);
    unchecked((share[k] = p));
    total += p;
  }
  for (let k: i32 = 0; k < K; k++) {
    const a: i32 = (unchecked(share[k]) << 8) / total;
    if (!a) continue;
    for (let d: i32 = 0; d < D; d++)
      unchecked(
        (sums[k * D + d] += a * (<i32>unchecked(frames[t * D + d]) - <i32>unchecked(middles[k * D + d]))),
      );
  }
}

function normalise(from: i32, count: i32): void {
  let squares: u32 = 1;
  for (let i: i32 = from; i < from + count; i++) squares += <u32>(unchecked(sums[i]) * unchecked(sums[i]));
  const length: i32 = <i32>root(squares);
  for (let i: i32 = from; i < from + count; i++) unchecked((sums[i] = (unchecked(sums[i]) << 12) / length));
}

export function run(n: i32): i32 {
  let s: u32 = 1511;
  for (let i: i32 = 0; i < K * D; i++) {
    s = s * 1664525 + 1013904223;
    unchecked((weights[i] = <i8>(<i32>s >> 26)));
    unchecked((middles[i] = <i8>(<i32>(s << 6) >> 26)));
    unchecked((before[i] = 0));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < FRAMES * D; i++) {
      s = s * 1664525 + 1013904223;
      unchecked((frames[i] = <i8>(<i32>s >> 25)));
    }
    for (let i: i32 = 0; i < K * D; i++) unchecked((sums[i] = 0));
    for (let t: i32 = 0; t < FRAMES; t++) assign(t);
    for (let i: i32 = 0; i < K * D; i++) unchecked((sums[i] >>= 5));
    for (let j: i32 = 0; j < K; j++) normalise(j * D, D);
    normalise(0, K * D);
    let like: i32 = 0;
    for (let i: i32 = 0; i < K * D; i++) {
      const v: i32 = unchecked(sums[i]);
      like += v * <i32>unchecked(before[i]);
      unchecked((before[i] = <i16>v));
      h = h * 31 + v;
    }
    h = h * 31 + (like >> 12);
  }
  return h;
}

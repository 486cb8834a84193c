// The directions of a movement as a histogram of sixteen bins (directions from signs and quotients), against nine enrolled ones in three ways: what both have, squared differences over sums, and how far counts must be carried around the circle (median of running differences); ranks are added, the best three are told.
const BINS: i32 = 16;
const ENROLLED: i32 = 9;
const SAMPLES: i32 = 48;

const histogram: usize = 1024; // u8[16]
const enrolled: usize = 1040; // u8[9][16]
const scores: usize = 1216; // i32[3][9]: the least is the best
const running: usize = 1344; // i32[16]

/** An eighth by signs and the greater part, halved by a quotient near tan(22.5 degrees). */
function direction(x: i32, y: i32): i32 {
  let bin: i32 = 0;
  if (y < 0) {
    x = -x;
    y = -y;
    bin = 8;
  }
  if (x < 0) {
    const t: i32 = x;
    x = y;
    y = -t;
    bin += 4;
  }
  if (y > x) return bin + (y * 106 > x * 256 ? 3 : 2);
  return bin + (y * 256 > x * 106 ? 1 : 0);
}

function chiSquare(a: usize, b: usize): i32 {
  let sum: i32 = 0;
  for (let i: i32 = 0; i < BINS; i++) {
    const p: i32 = load<u8>(a + i);
    const q: i32 = load<u8>(b + i);
    const both: i32 = p + q;
    if (both) sum += ((p - q) * (p - q) * 256) / both;
  }
  return sum;
}

function common(a: usize, b: usize): i32 {
  let sum: i32 = 0;
  for (let i: i32 = 0; i < BINS; i++) sum += min(<i32>load<u8>(a + i), <i32>load<u8>(b + i));
  return sum;
}

function carried(a: usize, b: usize): i32 {
  let sum: i32 = 0;
  for (let i: i32 = 0; i < BINS; i++) {
    sum += <i32>load<u8>(a + i) - <i32>load<u8>(b + i);
    let j: i32 = i;
    for (; j > 0; j--) {
      const before: i32 = load<i32>(running + (j << 2) - 4);
      if (before <= sum) break;
      store<i32>(running + (j << 2), before);
    }
    store<i32>(running + (j << 2), sum);
  }
  const median: i32 = load<i32>(running + ((BINS / 2) << 2));
  let way: i32 = 0;
  for (let i: i32 = 0; i < BINS; i++) way += abs(load<i32>(running + (i << 2)) - median);
  return way;
}

function rank(row: usize, one: i32): i32 {
  const own: i32 = load<i32>(row + (one << 2));
  let better: i32 = 0;
  for (let e: i32 = 0; e < ENROLLED; e++) if (load<i32>(row + (e << 2)) < own) better++;
  return better;
}

export function run(n: i32): i32 {
  let s: u32 = 1616;
  for (let i: i32 = 0; i < ENROLLED * BINS; i++) {
    s = s * 1664525 + 1013904223;
    store<u8>(enrolled + i, <u8>((s >> 29) + ((s >> 20) & 1)));
  }
  let vx: i32 = 40;
  let vy: i32 = 10;
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    memory.fill(histogram, 0, BINS);
    for (let i: i32 = 0; i < SAMPLES; i++) {
      s = s * 1664525 + 1013904223;
      vx += (<i32>s) >> 27;
      vy += (<i32>(s << 5)) >> 27;
      // it turns and slows down
      const t: i32 = vx;
      vx = (15 * vx - 3 * vy) >> 4;
      vy = (15 * vy + 3 * t) >> 4;
      const bin: usize = histogram + direction(vx, vy);
      store<u8>(bin, load<u8>(bin) + 1);
    }
    for (let e: i32 = 0; e < ENROLLED; e++) {
      const other: usize = enrolled + e * BINS;
      const to: usize = scores + (e << 2);
      store<i32>(to, chiSquare(histogram, other));
      store<i32>(to, -common(histogram, other), 4 * ENROLLED);
      store<i32>(to, carried(histogram, other), 8 * ENROLLED);
    }
    let best: i32 = 0;
    let least: i32 = 1000;
    for (let e: i32 = 0; e < ENROLLED; e++) {
      h = h * 31 + load<i32>(scores + (e << 2));
      const sum: i32 = rank(scores, e) + rank(scores + 4 * ENROLLED, e) + rank(scores + 8 * ENROLLED, e);
      h = h * 31 + sum * 512 + load<i32>(scores + (e << 2), 8 * ENROLLED);
      if (sum < least) {
        least = sum;
        best = e;
      }
    }
    const nearest: usize = enrolled + best * BINS;
    for (let i: i32 = 0; i < BINS; i++)
      store<u8>(nearest + i, <u8>((3 * <u32>load<u8>(nearest + i) + <u32>load<u8>(histogram + i) + 2) >> 2));
  }
  return h;
}

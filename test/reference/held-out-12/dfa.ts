// How much intervals of the heart remember (detrended fluctuation analysis): 64 intervals less their mean, summed up; in boxes of 4, 8, 16 and 32 a line is taken off by closed sums, what is left is squared (64 bits); roots, logarithms by the leading bit and a table, and the slope of these over the sizes.
const LENGTH: i32 = 64;

const intervals: usize = 1024; // u16[64]
const profile: usize = 1152; // i32[64]
const logs: usize = 1408; // i32[4]

// 256 log2(1 + i / 16)
const fraction: StaticArray<u8> = [0, 22, 44, 63, 82, 100, 118, 134, 150, 165, 179, 193, 207, 220, 232, 244];

function root(v: u64): u32 {
  if (v == 0) return 0;
  let r: u64 = (<u64>1) << ((65 - clz(v)) >> 1);
  let better: u64 = (r + v / r) >> 1;
  while (better < r) {
    r = better;
    better = (r + v / r) >> 1;
  }
  return <u32>r;
}

function logarithm(v: u32): i32 {
  if (v < 2) return 0;
  const top: i32 = 31 - clz(v);
  const rest: u32 = top > 4 ? v >> (top - 4) : v << (4 - top);
  return (top << 8) + <i32>unchecked(fraction[rest & 15]);
}

/** Squares that a line leaves, 16 times per sample. */
function left(box: usize, size: i32): u64 {
  let sum: i64 = 0;
  let moment: i64 = 0;
  let squares: i64 = 0;
  let at: i32 = 1 - size; // twice the place from the middle
  for (let i: i32 = 0; i < size; i++) {
    const v: i64 = load<i32>(box + (i << 2));
    sum += v;
    moment += v * at;
    squares += v * v;
    at += 2;
  }
  const spread: i64 = (size * (size * size - 1)) / 3; // of twice the places, squared
  const rest: i64 = squares - (sum * sum) / size - (moment * moment) / spread;
  return rest < 0 ? 0 : <u64>rest << 4;
}

function fluctuation(size: i32): u32 {
  let all: u64 = 0;
  for (let start: i32 = 0; start < LENGTH; start += size) all += left(profile + (start << 2), size);
  return root(all / LENGTH);
}

export function run(n: i32): i32 {
  let s: u32 = 1995;
  for (let i: i32 = 0; i < LENGTH; i++) store<u16>(intervals + (i << 1), 800);
  let h: i32 = 0;
  let slow: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    memory.copy(intervals, intervals + 32, 2 * (LENGTH - 16));
    for (let i: i32 = LENGTH - 16; i < LENGTH; i++) {
      s = s * 1664525 + 1013904223;
      slow += ((<i32>s) >> 26) - (slow >> 5);
      store<u16>(intervals + (i << 1), <u16>(800 + slow + ((<i32>(s << 8)) >> 27)));
    }
    let sum: i32 = 0;
    for (let i: i32 = 0; i < LENGTH; i++) sum += <i32>load<u16>(intervals + (i << 1));
    const mean: i32 = (sum + LENGTH / 2) / LENGTH;
    sum = 0;
    for (let i: i32 = 0; i < LENGTH; i++) {
      sum += <i32>load<u16>(intervals + (i << 1)) - mean;
      store<i32>(profile + (i << 2), sum);
    }
    let size: i32 = 4;
    let total: i32 = 0;
    let slope: i32 = 0;
    for (let b: i32 = 0; b < 4; b++) {
      const f: u32 = fluctuation(size);
      const l: i32 = logarithm(f);
      store<i32>(logs + (b << 2), l);
      h = h * 31 + f;
      total += l;
      slope += (2 * b - 3) * l;
      size <<= 1;
    }
    h = h * 31 + slope / 10;
    h = h * 31 + total;
  }
  return h;
}

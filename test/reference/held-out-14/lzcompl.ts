// How much there is to say about a pulse (complexity after Lempel and Ziv): 80 samples become three symbols by mean and deviation, then words are counted of which each is the shortest that did not stand before (the way of Kaspar and Schuster); once for the samples, once for every second one, once for their differences; counts in Q8 of what noise would have.
const SAMPLES: i32 = 80;

const samples: usize = 1024; // i16[80]
const symbols: usize = 1184; // u8[80]

function mark(count: i32, stride: i32, difference: bool): void {
  let sum: i32 = 0;
  let apart: i32 = 0;
  for (let i: i32 = 0; i < count; i++) sum += <i32>load<i16>(samples + ((i * stride) << 1));
  const mean: i32 = difference ? 0 : sum / count;
  for (let pass: i32 = 0; pass < 2; pass++) {
    const edge: i32 = pass ? apart / (2 * count) : 0;
    for (let i: i32 = 0; i < count; i++) {
      let v: i32 = load<i16>(samples + ((i * stride) << 1));
      if (difference) v -= i ? <i32>load<i16>(samples + (((i - 1) * stride) << 1)) : v;
      v -= mean;
      if (pass) store<u8>(symbols + i, v > edge ? 2 : v < -edge ? 0 : 1);
      else apart += abs(v);
    }
  }
}

function words(count: i32): i32 {
  let found: i32 = 1;
  let start: i32 = 1; // of the word
  let before: i32 = 0; // where it is held against
  let length: i32 = 1;
  let longest: i32 = 1;
  while (start < count) {
    if (load<u8>(symbols + before + length - 1) == load<u8>(symbols + start + length - 1)) {
      length++;
      if (start + length > count) return found + 1;
      continue;
    }
    if (length > longest) longest = length;
    if (++before == start) {
      found++;
      start += longest;
      before = 0;
      longest = 1;
    }
    length = 1;
  }
  return found;
}

export function run(n: i32): i32 {
  let s: u32 = 1976;
  let v: i32 = 0;
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    const beat: i32 = 9 + (k & 7);
    for (let i: i32 = 0; i < SAMPLES; i++) {
      s = s * 1664525 + 1013904223;
      v = ((v * 3) >> 2) + (i % beat == 0 ? 900 : -60) + (<i32>s >> 24);
      store<i16>(samples + (i << 1), <i16>v);
    }
    mark(SAMPLES, 1, false);
    h = h * 31 + (words(SAMPLES) << 8) / 20;
    mark(SAMPLES / 2, 2, false);
    h = h * 31 + (words(SAMPLES / 2) << 8) / 12;
    mark(SAMPLES, 1, true);
    h = h * 31 + (words(SAMPLES) << 8) / 20;
  }
  return h;
}

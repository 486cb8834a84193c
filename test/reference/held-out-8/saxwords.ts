// Waves as words: windows of 64 samples, mean and deviation (an integer root), eight means of eight samples as letters of six by breakpoints of the normal distribution, the nearest of five kept words by a bound of their distance; the oldest word gives way.
const WINDOW: i32 = 64;
const LETTERS: i32 = 8;
const WORDS: i32 = 5;
const SIGNAL: usize = 2048; // i16[96]
const BOOK: usize = 1024; // u8[WORDS][LETTERS]
const WORD: usize = 1088; // u8[LETTERS]
const BREAKS: StaticArray<i32> = [-248, -110, 0, 110, 248];

function deviation(square: u32): i32 {
  if (square == 0) return 1;
  let r: u32 = 1 << ((33 - clz<u32>(square)) >> 1);
  let next: u32 = (r + square / r) >> 1;
  while (next < r) {
    r = next;
    next = (r + square / r) >> 1;
  }
  return <i32>r;
}

function spell(from: usize): i32 {
  let sum: i32 = 0;
  for (let i: i32 = 0; i < WINDOW; i++) sum += <i32>load<i16>(from + (i << 1));
  const mean: i32 = sum >> 6;
  let squares: u32 = 0;
  for (let i: i32 = 0; i < WINDOW; i++) {
    const d: i32 = <i32>load<i16>(from + (i << 1)) - mean;
    squares += <u32>(d * d) >> 2;
  }
  const sd: i32 = deviation(squares >> 4);
  for (let part: i32 = 0; part < LETTERS; part++) {
    let piece: i32 = 0;
    for (let i: i32 = 0; i < 8; i++) piece += <i32>load<i16>(from + ((part * 8 + i) << 1)) - mean;
    const z: i32 = (piece * 32) / sd;
    let letter: i32 = 0;
    while (letter < 5 && z >= unchecked(BREAKS[letter])) letter++;
    store<u8>(WORD + part, <u8>letter);
  }
  return sd;
}

function bound(word: usize): i32 {
  let sum: i32 = 0;
  for (let i: i32 = 0; i < LETTERS; i++) {
    let a: i32 = <i32>load<u8>(word + i);
    let b: i32 = <i32>load<u8>(WORD + i);
    if (a > b) {
      const t: i32 = a;
      a = b;
      b = t;
    }
    if (b - a <= 1) continue;
    const d: i32 = unchecked(BREAKS[b - 1]) - unchecked(BREAKS[a]);
    sum += d * d;
  }
  return sum;
}

export function run(n: i32): i32 {
  let h: i32 = 0;
  let s: u32 = 17;
  let oldest: i32 = 0;
  for (let i: i32 = 0; i < WORDS * LETTERS; i++) store<u8>(BOOK + i, <u8>(i % 6));
  for (let k: i32 = 0; k < n; k++) {
    let v: i32 = 0;
    for (let i: i32 = 0; i < 96; i++) {
      s = s * 1664525 + 1013904223;
      v += (<i32>s >> 24) - (v >> 3);
      store<i16>(SIGNAL + (i << 1), <i16>(v + ((i * (k + 3)) & 127) * 4));
    }
    for (let at: i32 = 0; at <= 32; at += 16) {
      h = h * 31 + spell(SIGNAL + (at << 1));
      let best: i32 = 0;
      let least: i32 = i32.MAX_VALUE;
      for (let w: i32 = 0; w < WORDS; w++) {
        const d: i32 = bound(BOOK + w * LETTERS);
        if (d < least) {
          least = d;
          best = w;
        }
      }
      if (least > 60000) {
        memory.copy(BOOK + oldest * LETTERS, WORD, LETTERS);
        oldest = oldest == WORDS - 1 ? 0 : oldest + 1;
      }
      h = h * 31 + (least << 3) + best;
      for (let i: i32 = 0; i < LETTERS; i++) h = h * 6 + <i32>load<u8>(WORD + i);
    }
  }
  return h;
}

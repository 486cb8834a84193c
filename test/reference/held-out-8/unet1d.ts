// Which parts of a pulse wave are good: a small U along time: 16 samples of two channels through three taps to four channels, pairs pooled, three taps to five, widened again beside what was before the pool, three taps to one; a mask and its longest run.
const LENGTH: i32 = 16;
const INPUT: usize = 1024; // i16[LENGTH][2]
const SKIP: usize = 1152; // i16[LENGTH][4]
const POOLED: usize = 1408; // i16[LENGTH / 2][4]
const DEEP: usize = 1536; // i16[LENGTH / 2][5]
const JOINED: usize = 1664; // i16[LENGTH][9]
const LOGIT: usize = 2112; // i16[LENGTH]
const W: usize = 2304; // i8: 4 * 6, 5 * 12, 1 * 27
const FIRST: usize = W;
const SECOND: usize = W + 24;
const THIRD: usize = W + 84;

function convolve(from: usize, to: usize, length: i32, inner: i32, outer: i32, weights: usize, shift: i32, bend: bool): void {
  for (let t: i32 = 0; t < length; t++)
    for (let o: i32 = 0; o < outer; o++) {
      let sum: i32 = 0;
      let w: usize = weights + o * 3 * inner;
      for (let tap: i32 = -1; tap <= 1; tap++) {
        const at: i32 = t + tap;
        if (at < 0 || at >= length) {
          w += inner;
          continue;
        }
        const x: usize = from + ((at * inner) << 1);
        for (let c: i32 = 0; c < inner; c++) sum += <i32>load<i8>(w++) * <i32>load<i16>(x + (c << 1));
      }
      sum >>= shift;
      if (bend && sum < 0) sum = 0;
      store<i16>(to + ((t * outer + o) << 1), <i16>min(max(sum, -32768), 32767));
    }
}

function pool(): void {
  for (let t: i32 = 0; t < LENGTH / 2; t++)
    for (let c: i32 = 0; c < 4; c++) {
      const p: usize = SKIP + ((t * 8 + c) << 1);
      store<i16>(POOLED + ((t * 4 + c) << 1), max(load<i16>(p), load<i16>(p, 8)));
    }
}

function join(): void {
  for (let t: i32 = 0; t < LENGTH; t++) {
    const p: usize = JOINED + t * 18;
    memory.copy(p, SKIP + (t << 3), 8);
    memory.copy(p + 8, DEEP + (t >> 1) * 10, 10);
  }
}

function longest(): i32 {
  let best: i32 = 0;
  let at: i32 = 0;
  while (at < LENGTH) {
    while (at < LENGTH && load<i16>(LOGIT + (at << 1)) <= 0) at++;
    const from: i32 = at;
    while (at < LENGTH && load<i16>(LOGIT + (at << 1)) > 0) at++;
    if (at - from > best >> 8) best = ((at - from) << 8) | from;
  }
  return best;
}

export function run(n: i32): i32 {
  let s: u32 = 53;
  for (let p: usize = W; p < W + 111; p++) {
    s = s * 1664525 + 1013904223;
    store<i8>(p, <i8>(<i32>s >> 25));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let t: i32 = 0; t < LENGTH; t++) {
      s = s * 1664525 + 1013904223;
      const wave: i32 = (t * (5 + (k & 3))) % 32;
      store<i16>(INPUT + (t << 2), <i16>((wave < 8 ? wave * 60 : 640 - wave * 20) + (<i32>s >> 24)));
      store<i16>(INPUT + (t << 2), <i16>(<i32>(s << 8) >> 22), 2);
    }
    convolve(INPUT, SKIP, LENGTH, 2, 4, FIRST, 6, true);
    pool();
    convolve(POOLED, DEEP, LENGTH / 2, 4, 5, SECOND, 7, true);
    join();
    convolve(JOINED, LOGIT, LENGTH, 9, 1, THIRD, 7, false);
    h = h * 31 + longest();
    for (let t: i32 = 0; t < LENGTH; t++) h = h * 31 + <i32>load<i16>(LOGIT + (t << 1));
  }
  return h;
}

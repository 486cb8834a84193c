// A night by movements: 150 minutes of counts, weighed over four before and two after as Cole and Kripke have it, below one is sleep; then Webster's rules turn short sleep after long waking back; onset, minutes asleep, awakenings and the longest sleep.
const COUNT: i32 = 150;
const COUNTS: usize = 1024; // u16[COUNT]
const RAW: usize = 1408; // u8[COUNT], 1 asleep
const SCORED: usize = 1600; // u8[COUNT]

function count(i: i32): i32 {
  return i < 0 || i >= COUNT ? 0 : <i32>load<u16>(COUNTS + (i << 1));
}

function score(): void {
  for (let i: i32 = 0; i < COUNT; i++) {
    const weighed: i32 =
      106 * count(i - 4) + 54 * count(i - 3) + 58 * count(i - 2) + 76 * count(i - 1) + 230 * count(i) + 74 * count(i + 1) + 67 * count(i + 2);
    store<u8>(RAW + i, weighed < 100000 ? 1 : 0);
  }
  memory.copy(SCORED, RAW, COUNT);
}

function runFrom(base: usize, i: i32): i32 {
  const kind: u8 = load<u8>(base + i);
  let end: i32 = i + 1;
  while (end < COUNT && load<u8>(base + end) == kind) end++;
  return end - i;
}

/** The first minutes of sleep after waking for 4, 10 or 15 minutes are waking, too. */
function late(): void {
  let i: i32 = 0;
  while (i < COUNT) {
    const length: i32 = runFrom(RAW, i);
    if (load<u8>(RAW + i) == 0) {
      let more: i32 = length >= 15 ? 4 : length >= 10 ? 3 : length >= 4 ? 1 : 0;
      for (let j: i32 = i + length; j < COUNT && more > 0; j++, more--) store<u8>(SCORED + j, 0);
    }
    i += length;
  }
}

/** Up to `sleep` minutes of sleep with at least `wake` of waking on both sides are waking. */
function islands(sleep: i32, wake: i32): i32 {
  let turned: i32 = 0;
  let before: i32 = 0;
  let i: i32 = 0;
  while (i < COUNT) {
    const length: i32 = runFrom(SCORED, i);
    const next: i32 = i + length;
    if (load<u8>(SCORED + i) == 0) before = length;
    else if (length <= sleep && before >= wake && next < COUNT && runFrom(SCORED, next) >= wake) {
      memory.fill(SCORED + i, 0, length);
      turned += length;
      before += length;
      // The waking behind belongs to it now.
      const behind: i32 = runFrom(SCORED, next);
      before += behind;
      i = next + behind;
      continue;
    }
    i = next;
  }
  return turned;
}

export function run(n: i32): i32 {
  let h: i32 = 0;
  let s: u32 = 59;
  let restless: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < COUNT; i++) {
      s = s * 1664525 + 1013904223;
      if (restless > 0) restless--;
      else if (s >> 27 == 0) restless = <i32>((s >> 20) & 31);
      store<u16>(COUNTS + (i << 1), <u16>(restless > 0 ? (s >> 10) & 1023 : (s >> 12) & 63));
    }
    score();
    late();
    h = h * 31 + islands(6, 10);
    h = h * 31 + islands(10, 20);
    let onset: i32 = -1;
    let asleep: i32 = 0;
    let longest: i32 = 0;
    let pieces: i32 = 0;
    for (let i: i32 = 0; i < COUNT; ) {
      const length: i32 = runFrom(SCORED, i);
      if (load<u8>(SCORED + i) != 0) {
        if (onset < 0) onset = i;
        asleep += length;
        pieces++;
        if (length > longest) longest = length;
      }
      i += length;
    }
    h = h * 31 + asleep;
    h ^= (onset << 24) ^ (longest << 14) ^ (pieces << 8);
  }
  return h;
}

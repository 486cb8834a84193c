// What will be opened next, by a factorisation machine that learns on the device: six fields with eight kinds each, of every kind a weight and six factors of 16 bits; all pairs through the square of the sum less the sum of squares, then weights and factors go a little towards the answer; twelve samples an iteration.
const FIELDS: i32 = 6;
const KINDS: i32 = 8;
const FACTORS: i32 = 6;

const linear: usize = 1024; // i16[48]
const factors: usize = 1152; // i16[48][6]
const active: usize = 1792; // u8[6]
const sums: usize = 1808; // i32[6]

function predict(): i32 {
  let y: i32 = 0;
  for (let i: i32 = 0; i < FIELDS; i++) y += load<i16>(linear + (<usize>load<u8>(active + i) << 1));
  let pairs: i32 = 0;
  for (let f: i32 = 0; f < FACTORS; f++) {
    let sum: i32 = 0;
    let squares: i32 = 0;
    for (let i: i32 = 0; i < FIELDS; i++) {
      const v: i32 = load<i16>(factors + (<usize>load<u8>(active + i) * FACTORS + f) * 2);
      sum += v;
      squares += v * v;
    }
    store<i32>(sums + (f << 2), sum);
    pairs += sum * sum - squares;
  }
  return y + (pairs >> 9);
}

function learn(error: i32): void {
  for (let i: i32 = 0; i < FIELDS; i++) {
    const kind: usize = load<u8>(active + i);
    const w: usize = linear + (kind << 1);
    store<i16>(w, <i16>(<i32>load<i16>(w) + (error >> 4)));
    let p: usize = factors + kind * (2 * FACTORS);
    for (let f: i32 = 0; f < FACTORS; f++) {
      const v: i32 = load<i16>(p);
      const slope: i32 = load<i32>(sums + (f << 2)) - v;
      store<i16>(p, <i16>min(max(v + ((error * slope + 2048) >> 12) - (v >> 7), -512), 511));
      p += 2;
    }
  }
}

export function run(n: i32): i32 {
  let s: u32 = 2010;
  memory.fill(linear, 0, FIELDS * KINDS * 2);
  for (let i: i32 = 0; i < FIELDS * KINDS * FACTORS; i++) {
    s = s * 134775813 + 1;
    store<i16>(factors + (i << 1), <i16>((<i32>s) >> 25));
  }
  let h: i32 = 0;
  while (n-- > 0) {
    for (let sample: i32 = 0; sample < 12; sample++) {
      s = s * 134775813 + 1;
      let bits: u32 = s >> 10;
      for (let i: i32 = 0; i < FIELDS; i++) {
        store<u8>(active + i, <u8>(i * KINDS + (bits & 7)));
        bits >>= 3;
      }
      const y: i32 = predict();
      const a: i32 = <i32>load<u8>(active) & 3;
      const b: i32 = <i32>load<u8>(active, 1) & 3;
      const target: i32 = a == b || s >> 30 == 3 ? 400 : -400;
      learn(min(max(target - y, -800), 800));
      h = h * 31 + y;
    }
  }
  return h;
}

// Units that are the greatest of three straight pieces (maxout): 20 units over 30 inputs of 16 bits, then 6 units of two pieces over those; weights of 8 bits run on from piece to piece, biases of 16 bits stand before each piece's weights; which piece won is counted.
const INPUT: usize = 1024; // i16[30]
const MIDDLE: usize = 1152; // i16[20]
const OUT: usize = 1216; // i16[6]
const WINS: usize = 1280; // i32[3]
const FIRST: usize = 2048; // { i16 bias; i8 w[30] }[20][3]
const SECOND: usize = 4096; // { i16 bias; i8 w[20] }[6][2]

function maxout(from: usize, count: i32, to: usize, units: i32, pieces: i32, p: usize, shift: i32): void {
  while (units-- > 0) {
    let best: i32 = i32.MIN_VALUE;
    let winner: i32 = 0;
    for (let piece: i32 = 0; piece < pieces; piece++) {
      let sum: i32 = (<i32>load<i16>(p)) << 8;
      p += 2;
      const end: usize = p + count;
      let x: usize = from;
      while (p < end) {
        sum += <i32>load<i8>(p++) * <i32>load<i16>(x);
        x += 2;
      }
      if (sum > best) {
        best = sum;
        winner = piece;
      }
    }
    const wins: usize = WINS + (winner << 2);
    store<i32>(wins, load<i32>(wins) + 1);
    best >>= shift;
    store<i16>(to, <i16>min<i32>(max<i32>(best, -32768), 32767));
    to += 2;
  }
}

export function run(n: i32): i32 {
  let s: u32 = 77;
  for (let i: usize = 0; i < 60 * 32; i++) {
    s = s * 1103515245 + 12345;
    store<u8>(FIRST + i, <u8>(s >> 20));
  }
  for (let i: usize = 0; i < 12 * 22; i++) {
    s = s * 1103515245 + 12345;
    store<u8>(SECOND + i, <u8>(s >> 20));
  }
  memory.fill(WINS, 0, 12);
  let h: i32 = 1;
  let level: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: usize = 0; i < 30; i++) {
      s = s * 1103515245 + 12345;
      level += (((<i32>s) >> 19) - level) >> 2;
      store<i16>(INPUT + (i << 1), <i16>level);
    }
    maxout(INPUT, 30, MIDDLE, 20, 3, FIRST, 7);
    maxout(MIDDLE, 20, OUT, 6, 2, SECOND, 6);
    for (let i: usize = 0; i < 6; i++) h = (h ^ (<i32>load<i16>(OUT + (i << 1)))) * 16777619;
    h += load<i32>(WINS) * 5 + load<i32>(WINS, 4) * 3 + load<i32>(WINS, 8);
  }
  return h;
}

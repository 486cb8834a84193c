// What a movement is like, by pieces of others (shapelets): four pieces of 6 to 12 samples are held at every place of 40, squared differences less what the mean level explains, scaled by length; of each the least and where; three nested questions on the four values give the class; ten new samples an iteration.
const LENGTH: i32 = 40;
const FRESH: i32 = 10;
const PIECES: i32 = 4;

const series: usize = 1024; // i16[40]
const pieces: usize = 1152; // i16[4][12]
const least: usize = 1280; // i32[4]
const where: usize = 1296; // u8[4]

const lengths: StaticArray<u8> = [8, 6, 12, 9];

function slide(p: i32): void {
  const length: i32 = unchecked(lengths[p]);
  const piece: usize = pieces + p * 24;
  let best: i32 = i32.MAX_VALUE;
  let place: i32 = 0;
  for (let at: i32 = 0; at + length <= LENGTH; at++) {
    let sum: i32 = 0;
    let squares: i32 = 0;
    let x: usize = series + (at << 1);
    let y: usize = piece;
    let left: i32 = length;
    do {
      const d: i32 = <i32>load<i16>(x) - <i32>load<i16>(y);
      sum += d;
      squares += d * d;
      x += 2;
      y += 2;
    } while (--left);
    const far: i32 = (squares * length - sum * sum) / (length * length);
    if (far < best) {
      best = far;
      place = at;
    }
  }
  store<i32>(least + (p << 2), best);
  store<u8>(where + p, <u8>place);
}

function classify(): i32 {
  const a: i32 = load<i32>(least);
  const b: i32 = load<i32>(least, 4);
  const c: i32 = load<i32>(least, 8);
  const d: i32 = load<i32>(least, 12);
  if (a < b) {
    if (c < 900) return load<u8>(where) < load<u8>(where + 2) ? 1 : 2;
    return d < 500 ? 3 : 0;
  }
  if (d < a) return 4;
  return c + d < 3 * b ? 5 : 6;
}

export function run(n: i32): i32 {
  let s: u32 = 811;
  for (let p: i32 = 0; p < PIECES; p++) {
    let level: i32 = 0;
    for (let i: i32 = 0; i < 12; i++) {
      s = s * 69069 + 1;
      level += (<i32>s) >> 26;
      store<i16>(pieces + p * 24 + (i << 1), <i16>level);
    }
  }
  let level: i32 = 0;
  for (let i: i32 = 0; i < LENGTH; i++) {
    s = s * 69069 + 1;
    level = ((level * 15) >> 4) + ((<i32>s) >> 26);
    store<i16>(series + (i << 1), <i16>level);
  }
  let h: i32 = 0;
  while (n-- > 0) {
    memory.copy(series, series + 2 * FRESH, 2 * (LENGTH - FRESH));
    for (let i: i32 = LENGTH - FRESH; i < LENGTH; i++) {
      s = s * 69069 + 1;
      level = ((level * 15) >> 4) + ((<i32>s) >> 26);
      store<i16>(series + (i << 1), <i16>level);
    }
    for (let p: i32 = 0; p < PIECES; p++) {
      slide(p);
      h = h * 31 + load<i32>(least + (p << 2));
      h = h * 31 + <i32>load<u8>(where + p);
    }
    h = h * 7 + classify();
  }
  return h;
}

// Where in time which rhythm is: a wavelet of Morlet at four lengths (12 to 32 samples) over the last 64 samples, at every fourth place; its real part is even and the other one odd, so that of each length one half is kept (int8) and sums and differences of mirrored samples are weighed; sizes by the greater and three eighths of the lesser, the strongest length of each place, 12 new samples an iteration.
const LENGTH: i32 = 64;
const FRESH: i32 = 12;

const series: usize = 1024; // i16[64]
const size: usize = 1152; // i32[4]

const halves: StaticArray<u8> = [6, 8, 12, 16];
const even: StaticArray<i8> = [
  92, -35, -54, -3, 9, 2, 104, 10, -60, -49, -8, 9, 6, 1, 113, 62, -6, -54, -63, -42, -14,
  4, 9, 7, 3, 1, 116, 85, 36, -14, -50, -64, -57, -38, -17, -1, 7, 9, 8, 5, 2, 0,
];
const odd: StaticArray<i8> = [
  71, 84, -7, -26, -4, 2, 56, 102, 49, -15, -28, -11, 1, 2, 38, 93, 98, 62, 12, -21, -29,
  -20, -8, 0, 2, 2, 29, 77, 101, 96, 68, 30, -3, -23, -29, -25, -16, -7, -1, 2, 2, 2,
];

function sizeAt(middle: i32, from: i32, half: i32): i32 {
  let re: i32 = 0;
  let im: i32 = 0;
  let right: usize = series + (middle << 1);
  let left: usize = right - 2;
  for (let j: i32 = from; j < from + half; j++) {
    const a: i32 = load<i16>(left);
    const b: i32 = load<i16>(right);
    re += <i32>unchecked(even[j]) * (b + a);
    im += <i32>unchecked(odd[j]) * (b - a);
    left -= 2;
    right += 2;
  }
  re = abs(re) >> 6;
  im = abs(im) >> 6;
  return (max(re, im) + ((3 * min(re, im)) >> 3)) / half;
}

export function run(n: i32): i32 {
  let s: u32 = 1984;
  let x: i32 = 900;
  let y: i32 = 0;
  let turn: i32 = 9;
  memory.fill(series, 0, 2 * LENGTH);
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    memory.copy(series, series + 2 * FRESH, 2 * (LENGTH - FRESH));
    for (let i: i32 = LENGTH - FRESH; i < LENGTH; i++) {
      s = s * 69069 + 1;
      if (s >> 28 == 0) turn = 5 + <i32>((s >> 20) & 15);
      x -= (y * turn) >> 5;
      y += (x * turn) >> 5;
      x = min(max(x, -2000), 2000);
      y = min(max(y, -2000), 2000);
      store<i16>(series + (i << 1), <i16>(x + ((<i32>s) >> 23)));
    }
    memory.fill(size, 0, 16);
    for (let middle: i32 = 16; middle <= LENGTH - 16; middle += 4) {
      let best: i32 = -1;
      let which: i32 = 0;
      let from: i32 = 0;
      for (let l: i32 = 0; l < 4; l++) {
        const half: i32 = unchecked(halves[l]);
        const v: i32 = sizeAt(middle, from, half);
        const total: usize = size + (l << 2);
        store<i32>(total, load<i32>(total) + v);
        if (v > best) {
          best = v;
          which = l;
        }
        from += half;
      }
      h = h * 31 + best;
      h = h * 5 + which;
    }
    for (let l: i32 = 0; l < 4; l++) h = h * 31 + load<i32>(size + (l << 2));
  }
  return h;
}

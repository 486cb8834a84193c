// A convolution and its pooling in one: an image of 8 by 8 (uint8 with a zero point), four filters of 3 by 3 (int8), the greatest of each two by two sums before anything is rounded; bias, a multiplier of 16 bits with rounding shift by filter, relu and ceiling; the maps are fed back as part of the next image.
const SIDE: i32 = 8;
const TAPS: i32 = 3;
const FILTERS: i32 = 4;
const POOLED: i32 = (SIDE - TAPS + 1) / 2;
const ZERO: i32 = 119;
const IMAGE: usize = 1024; // u8[SIDE][SIDE]
const MAPS: usize = 1152; // u8[FILTERS][POOLED][POOLED]
const FILTER: usize = 1280; // i8[FILTERS][TAPS][TAPS]
const BIAS: usize = 1328; // i32[FILTERS]
const SCALE: usize = 1344; // i16[FILTERS]

const SHIFT: StaticArray<i32> = [18, 19, 18, 20];

function patch(image: usize, filter: usize): i32 {
  let sum: i32 = 0;
  for (let r: i32 = 0; r < TAPS; r++) {
    for (let c: i32 = 0; c < TAPS; c++) sum += (<i32>load<u8>(image + c) - ZERO) * <i32>load<i8>(filter + c);
    image += SIDE;
    filter += TAPS;
  }
  return sum;
}

function layer(): void {
  let out: usize = MAPS;
  for (let f: i32 = 0; f < FILTERS; f++) {
    const filter: usize = FILTER + f * (TAPS * TAPS);
    const scale: i32 = <i32>load<i16>(SCALE + (f << 1));
    const shift: i32 = SHIFT[f];
    for (let y: i32 = 0; y < POOLED; y++) {
      for (let x: i32 = 0; x < POOLED; x++) {
        const corner: usize = IMAGE + 2 * (y * SIDE + x);
        let top: i32 = i32.MIN_VALUE;
        for (let i: i32 = 0; i < 4; i++) top = max(top, patch(corner + (i >> 1) * SIDE + (i & 1), filter));
        const value: i64 = <i64>(top + load<i32>(BIAS + (f << 2))) * scale + ((<i64>1) << (shift - 1));
        store<u8>(out, <u8>max(min(<i32>(value >> shift), 255), 0));
        out++;
      }
    }
  }
}

export function run(n: i32): i32 {
  let s: u32 = 299792;
  for (let i: i32 = 0; i < FILTERS * TAPS * TAPS; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(FILTER + i, <i8>(<i32>s >> 24));
  }
  for (let f: i32 = 0; f < FILTERS; f++) {
    s = s * 1664525 + 1013904223;
    store<i32>(BIAS + (f << 2), <i32>s >> 20);
    store<i16>(SCALE + (f << 1), <i16>(2000 + <i32>(s >> 20)));
  }
  memory.fill(MAPS, 0, 128);
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < SIDE * SIDE; i++) {
      s = s * 1664525 + 1013904223;
      store<u8>(IMAGE + i, (i & 3) == 3 ? load<u8>(MAPS + (i >> 1)) : <u8>(s >> 24));
    }
    layer();
    for (let i: i32 = 0; i < FILTERS * POOLED * POOLED; i++) h = h * 31 + <i32>load<u8>(MAPS + i);
  }
  return h;
}

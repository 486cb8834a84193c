// Maps of any size to one size (spatial pyramid pooling): three channels of 9 to 12 by 9 to 12 (uint8, planes one after the other), the greatest value in the whole, in 2 by 2 and in 4 by 4 fields that share their edges where the size does not divide; 63 values to five classes by int8 weights; sizes change from one to the next.
const CHANNELS: i32 = 3;
const FIELDS: i32 = 1 + 4 + 16;
const CLASSES: i32 = 5;

const maps: usize = 1024; // u8[3][h][w]
const pooled: usize = 1472; // u8[3][21]
const weights: usize = 1536; // i8[5][63]

function most(plane: usize, width: i32, top: i32, bottom: i32, left: i32, right: i32): i32 {
  let best: i32 = 0;
  for (let y: i32 = top; y < bottom; y++) {
    const row: usize = plane + y * width;
    for (let x: i32 = left; x < right; x++) {
      const v: i32 = load<u8>(row + x);
      if (v > best) {
        best = v;
        if (v == 255) return 255;
      }
    }
  }
  return best;
}

function pyramid(height: i32, width: i32): void {
  let out: usize = pooled;
  for (let c: i32 = 0; c < CHANNELS; c++) {
    const plane: usize = maps + c * height * width;
    for (let level: i32 = 1; level <= 4; level <<= 1)
      for (let i: i32 = 0; i < level; i++) {
        const top: i32 = (i * height) / level;
        const bottom: i32 = ((i + 1) * height + level - 1) / level;
        for (let j: i32 = 0; j < level; j++)
          store<u8>(
            out++,
            <u8>most(plane, width, top, bottom, (j * width) / level, ((j + 1) * width + level - 1) / level),
          );
      }
  }
}

export function run(n: i32): i32 {
  let s: u32 = 1406;
  for (let i: usize = weights; i < weights + CLASSES * CHANNELS * FIELDS; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(i, <i8>(<i32>s >> 24));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    const height: i32 = 9 + (s >> 30);
    const width: i32 = 9 + ((s >> 28) & 3);
    for (let i: i32 = 0; i < CHANNELS * height * width; i++) {
      s = s * 1664525 + 1013904223;
      const v: u32 = s >> 24;
      store<u8>(maps + i, <u8>((v * v) >> 8));
    }
    pyramid(height, width);
    let best: i32 = i32.MIN_VALUE;
    let label: i32 = 0;
    for (let c: i32 = 0; c < CLASSES; c++) {
      let sum: i32 = 0;
      for (let i: i32 = 0; i < CHANNELS * FIELDS; i++)
        sum += <i32>load<i8>(weights + c * CHANNELS * FIELDS + i) * <i32>load<u8>(pooled + i);
      if (sum > best) {
        best = sum;
        label = c;
      }
    }
    h = h * 31 + best;
    h = h * 31 + label;
  }
  return h;
}

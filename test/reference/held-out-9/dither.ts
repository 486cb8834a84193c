// A picture for a display of four greys: 20 by 14 pixels by Floyd and Steinberg, there and back line by line, errors in two rows of 16 bits, pixels packed four in a byte; the picture fades into the next one; how often each grey came.
const W: i32 = 20;
const H: i32 = 14;
const PICTURE: usize = 1024; // u8[H][W]
const ERRORS: usize = 1536; // i16[2][W + 2]
const PACKED: usize = 1664; // u8[H][W / 4]
const TONES: usize = 1792; // u16[4]

function grey(level: i32): i32 {
  if (level < 43) return 0;
  if (level < 128) return 1;
  return level < 213 ? 2 : 3;
}

function line(y: i32, here: usize, below: usize): void {
  const back: bool = (y & 1) != 0;
  const step: i32 = back ? -1 : 1;
  let x: i32 = back ? W - 1 : 0;
  let carried: i32 = 0;
  memory.fill(below, 0, (W + 2) << 1);
  for (let i: i32 = 0; i < W; i++) {
    const wanted: i32 = <i32>load<u8>(PICTURE + y * W + x) + ((carried + <i32>load<i16>(here + ((x + 1) << 1)) + 8) >> 4);
    const tone: i32 = grey(wanted);
    const error: i32 = wanted - tone * 85;
    carried = 7 * error;
    const behind: usize = below + ((x + 1 - step) << 1);
    const under: usize = below + ((x + 1) << 1);
    const ahead: usize = below + ((x + 1 + step) << 1);
    store<i16>(behind, <i16>(<i32>load<i16>(behind) + 3 * error));
    store<i16>(under, <i16>(<i32>load<i16>(under) + 5 * error));
    store<i16>(ahead, <i16>(<i32>load<i16>(ahead) + error));
    const cell: usize = PACKED + y * (W >> 2) + (x >> 2);
    const shift: i32 = (x & 3) << 1;
    store<u8>(cell, <u8>((<i32>load<u8>(cell) & ~(3 << shift)) | (tone << shift)));
    store<u16>(TONES + (tone << 1), <u16>(<i32>load<u16>(TONES + (tone << 1)) + 1));
    x += step;
  }
}

export function run(n: i32): i32 {
  let s: u32 = 262144;
  memory.fill(PICTURE, 200, W * H);
  memory.fill(PACKED, 0, W * H / 4);
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let y: i32 = 0; y < H; y++) {
      for (let x: i32 = 0; x < W; x++) {
        s = s * 1664525 + 1013904223;
        const p: usize = PICTURE + y * W + x;
        const fresh: i32 = min(x * (7 + (k & 3)) + y * 3 + <i32>(s >> 28), 255);
        store<u8>(p, <u8>((<i32>load<u8>(p) + fresh) >> 1));
      }
    }
    memory.fill(TONES, 0, 8);
    memory.fill(ERRORS, 0, (W + 2) << 2);
    let here: usize = ERRORS;
    let below: usize = ERRORS + ((W + 2) << 1);
    for (let y: i32 = 0; y < H; y++) {
      line(y, here, below);
      const t: usize = here;
      here = below;
      below = t;
    }
    for (let i: i32 = 0; i < W * H / 4; i++) h = h * 31 + <i32>load<u8>(PACKED + i);
    for (let i: i32 = 0; i < 4; i++) h = h * 31 + <i32>load<u16>(TONES + (i << 1));
  }
  return h;
}

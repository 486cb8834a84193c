// Which way the skin moved under an optical sensor: in both images each pixel is described by which of its eight neighbours are darker (census transform), descriptions are compared by the number of bits in which they differ, over blocks of four by four, for 25 displacements; the block's best displacement counts if it is clearly better than the second best.
const WIDTH: i32 = 14;
const HEIGHT: i32 = 10;
const RANGE: i32 = 2;

const older: usize = 1024; // u8[10][14]
const newer: usize = 1184; // u8[10][14]
const olderCodes: usize = 1344; // u8[10][14]
const newerCodes: usize = 1504; // u8[10][14]

function describe(image: usize, codes: usize): void {
  for (let y: i32 = 1; y < HEIGHT - 1; y++) {
    for (let x: i32 = 1; x < WIDTH - 1; x++) {
      const p: usize = image + y * WIDTH + x;
      const m: i32 = load<u8>(p);
      let code: i32 = 0;
      for (let dy: i32 = -1; dy <= 1; dy++) {
        const q: usize = p + dy * WIDTH;
        for (let dx: i32 = -1; dx <= 1; dx++) {
          if (dx == 0 && dy == 0) continue;
          code = (code << 1) | i32(<i32>load<u8>(q + dx) < m);
        }
      }
      store<u8>(codes + y * WIDTH + x, <u8>code);
    }
  }
}

function cost(x: i32, y: i32, dx: i32, dy: i32): i32 {
  let bits: i32 = 0;
  for (let r: i32 = 0; r < 4; r++) {
    const p: u32 = load<u32>(olderCodes + (y + r) * WIDTH + x);
    const q: u32 = load<u32>(newerCodes + (y + dy + r) * WIDTH + x + dx);
    bits += popcnt(p ^ q);
  }
  return bits;
}

export function run(n: i32): i32 {
  let s: u32 = 314159;
  memory.fill(older, 0, 640);
  for (let i: i32 = 0; i < WIDTH * HEIGHT; i++) {
    s = s * 1664525 + 1013904223;
    store<u8>(newer + i, <u8>(s >> 24));
  }
  describe(newer, newerCodes);
  let sumX: i32 = 0;
  let sumY: i32 = 0;
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    memory.copy(older, newer, WIDTH * HEIGHT);
    memory.copy(olderCodes, newerCodes, WIDTH * HEIGHT);
    // the image moves, and what comes in from outside is new
    s = s * 1664525 + 1013904223;
    const shift: i32 = ((<i32>(s >> 20) % 5) - 2) * WIDTH + (<i32>((s >> 12) & 0xff) % 5) - 2;
    for (let i: i32 = 0; i < WIDTH * HEIGHT; i++) {
      s = s * 1664525 + 1013904223;
      const from: i32 = i + shift;
      const value: i32 =
        from >= 0 && from < WIDTH * HEIGHT ? <i32>load<u8>(older + from) + ((<i32>s) >> 29) : <i32>(s >> 24);
      store<u8>(newer + i, <u8>(value < 0 ? 0 : value > 255 ? 255 : value));
    }
    describe(newer, newerCodes);
    for (let by: i32 = 3; by <= 3; by++)
      for (let bx: i32 = 3; bx <= 7; bx += 4) {
        let best: i32 = 999;
        let second: i32 = 999;
        let bestX: i32 = 0;
        let bestY: i32 = 0;
        for (let dy: i32 = -RANGE; dy <= RANGE; dy++)
          for (let dx: i32 = -RANGE; dx <= RANGE; dx++) {
            const c: i32 = cost(bx, by, dx, dy);
            if (c < best) {
              second = best;
              best = c;
              bestX = dx;
              bestY = dy;
            } else if (c < second) second = c;
          }
        if (best * 5 < second * 4) {
          sumX += bestX;
          sumY += bestY;
        }
        h = h * 31 + best * 256 + second;
      }
    h = h * 31 + sumX * 64 + sumY;
  }
  return h;
}

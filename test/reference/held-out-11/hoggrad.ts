// Is a hand before the sensor: slopes of an image of 14 by 10 pixels, eight directions (signs and which slope is greater), each slope's size added to its direction and the next by how it lies between, in six cells of 4 by 4; the cells of each pair of columns are scaled to a like sum; then a weight for each number.
const WIDTH: i32 = 14;
const HEIGHT: i32 = 10;
const ACROSS: i32 = 3;
const DOWN: i32 = 2;
const BINS: i32 = 8;

const image: usize = 1024; // u8[10][14]
const cells: usize = 1216; // i32[2][3][8]
const weights: usize = 1408; // i8[2][2][2][8]

function vote(cell: usize, gx: i32, gy: i32): void {
  const ax: i32 = abs(gx);
  const ay: i32 = abs(gy);
  const size: i32 = max(ax, ay) + (min(ax, ay) >> 1);
  if (size < 6) return;
  // eighths of a turn, and how far on to the next in 1/16
  let octant: i32 = 0;
  let part: i32 = 0;
  if (ax >= ay) {
    part = (ay << 4) / ax;
    if (gx >= 0) octant = gy >= 0 ? 0 : 7;
    else octant = gy >= 0 ? 3 : 4;
  } else {
    part = (ax << 4) / ay;
    if (gx >= 0) octant = gy >= 0 ? 1 : 6;
    else octant = gy >= 0 ? 2 : 5;
  }
  if (octant & 1) part = 16 - part;
  const here: usize = cell + (octant << 2);
  const there: usize = cell + (((octant + 1) & (BINS - 1)) << 2);
  store<i32>(here, load<i32>(here) + size * (16 - part));
  store<i32>(there, load<i32>(there) + size * part);
}

function gradients(): void {
  memory.fill(cells, 0, ACROSS * DOWN * BINS * 4);
  for (let y: i32 = 1; y < HEIGHT - 1; y++) {
    for (let x: i32 = 1; x < WIDTH - 1; x++) {
      const p: usize = image + y * WIDTH + x;
      const gx: i32 = <i32>load<u8>(p + 1) - <i32>load<u8>(p - 1);
      const gy: i32 = <i32>load<u8>(p + WIDTH) - <i32>load<u8>(p - WIDTH);
      vote(cells + (((((y - 1) >> 2) * ACROSS + ((x - 1) >> 2)) * BINS) << 2), gx, gy);
    }
  }
}

function score(): i32 {
  let total: i32 = 0;
  for (let block: i32 = 0; block < ACROSS - 1; block++) {
    let sum: i32 = 1;
    for (let c: i32 = 0; c < 4; c++) {
      const cell: usize = cells + ((((c >> 1) * ACROSS + block + (c & 1)) * BINS) << 2);
      for (let b: i32 = 0; b < BINS; b++) sum += load<i32>(cell + (b << 2));
    }
    for (let c: i32 = 0; c < 4; c++) {
      const cell: usize = cells + ((((c >> 1) * ACROSS + block + (c & 1)) * BINS) << 2);
      const w: usize = weights + (block * 4 + c) * BINS;
      for (let b: i32 = 0; b < BINS; b++) {
        let part: i32 = (load<i32>(cell + (b << 2)) << 10) / sum;
        if (part > 200) part = 200;
        total += part * <i32>load<i8>(w + b);
      }
    }
  }
  return total;
}

export function run(n: i32): i32 {
  let s: u32 = 2005;
  for (let i: i32 = 0; i < (ACROSS - 1) * 4 * BINS; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(weights + i, <i8>((<i32>s) >> 24));
  }
  memory.fill(image, 128, WIDTH * HEIGHT);
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    s = s * 1664525 + 1013904223;
    const cx: i32 = <i32>(s >> 28);
    const cy: i32 = <i32>((s >> 24) & 7);
    for (let y: i32 = 0; y < HEIGHT; y++)
      for (let x: i32 = 0; x < WIDTH; x++) {
        s = s * 1664525 + 1013904223;
        const p: usize = image + y * WIDTH + x;
        const round: i32 = (x - cx) * (x - cx) + (y - cy) * (y - cy);
        const light: i32 = round < 20 ? 220 - round * 4 : 60;
        store<u8>(p, <u8>((<i32>load<u8>(p) + light * 3 + ((<i32>s) >> 28)) >> 2));
      }
    gradients();
    h = h * 31 + score();
    for (let i: i32 = 0; i < ACROSS * DOWN * BINS; i++) h = h * 31 + load<i32>(cells + (i << 2));
  }
  return h;
}

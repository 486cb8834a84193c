// How a finger slides over an optical sensor (Lucas and Kanade): slopes of 8 by 8 pixels out of two images of 12 by 12, the five sums of their products, a system of two equations with quotients of 64 bits; the way found (in 1/16 pixel) moves the second look, by whole pixels, and is mended once; the surface slides on by a drift that turns.
const SIDE: i32 = 12;
const WINDOW: i32 = 8;

const images: usize = 1024; // u8[2][12][12]
const surface: usize = 2048; // u8[32][32], wraps

let wayX: i32 = 0;
let wayY: i32 = 0;

function look(image: usize, x: i32, y: i32): void {
  for (let row: i32 = 0; row < SIDE; row++)
    for (let column: i32 = 0; column < SIDE; column++)
      store<u8>(image + row * SIDE + column, load<u8>(surface + (((y + row) & 31) << 5) + ((x + column) & 31)));
}

function estimate(before: usize, after: usize): i32 {
  const shiftX: i32 = min(max((wayX + 8) >> 4, -2), 2);
  const shiftY: i32 = min(max((wayY + 8) >> 4, -2), 2);
  let xx: i32 = 0;
  let xy: i32 = 0;
  let yy: i32 = 0;
  let xt: i32 = 0;
  let yt: i32 = 0;
  for (let row: i32 = 2; row < 2 + WINDOW; row++) {
    for (let column: i32 = 2; column < 2 + WINDOW; column++) {
      const p: usize = before + row * SIDE + column;
      const gx: i32 = <i32>load<u8>(p, 1) - <i32>load<u8>(p - 1);
      const gy: i32 = <i32>load<u8>(p, SIDE) - <i32>load<u8>(p - SIDE);
      const t: i32 = <i32>load<u8>(after + (row + shiftY) * SIDE + column + shiftX) - <i32>load<u8>(p);
      xx += gx * gx;
      xy += gx * gy;
      yy += gy * gy;
      xt += gx * t;
      yt += gy * t;
    }
  }
  const determinant: i64 = <i64>xx * yy - <i64>xy * xy;
  if (determinant < 4096) return -1;
  wayX = (shiftX << 4) + <i32>(((<i64>xy * yt - <i64>yy * xt) << 5) / determinant);
  wayY = (shiftY << 4) + <i32>(((<i64>xy * xt - <i64>xx * yt) << 5) / determinant);
  return xx + yy - xt - yt;
}

export function run(n: i32): i32 {
  let s: u32 = 1981;
  for (let i: i32 = 0; i < 1024; i++) {
    s = s * 1664525 + 1013904223;
    store<u8>(surface + i, <u8>(s >> 24));
  }
  // smooth it twice along both sides
  for (let pass: i32 = 0; pass < 4; pass++) {
    const step: i32 = pass & 1 ? 32 : 1;
    for (let i: i32 = 0; i < 1024; i++) {
      const p: usize = surface + i;
      store<u8>(p, <u8>((<i32>load<u8>(p) + <i32>load<u8>(surface + ((i + step) & 1023)) + 1) >> 1));
    }
  }
  let x: i32 = 3;
  let y: i32 = 9;
  let now: i32 = 0;
  look(images, x, y);
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    s = s * 1664525 + 1013904223;
    x += <i32>(s >> 30) - 1;
    y += <i32>((s >> 28) & 3) - 2;
    const before: usize = images + now * (SIDE * SIDE);
    now ^= 1;
    const after: usize = images + now * (SIDE * SIDE);
    look(after, x, y);
    wayX = 0;
    wayY = 0;
    h = h * 31 + estimate(before, after);
    h = h * 31 + wayX;
    h = h * 31 + estimate(before, after);
    h = (h * 31 + wayX) * 31 + wayY;
    // wear where the finger was
    for (let i: i32 = 0; i < 8; i++) {
      s = s * 1664525 + 1013904223;
      const p: usize = surface + (s >> 22);
      store<u8>(p, <u8>((<i32>load<u8>(p) * 7 + <i32>((s >> 8) & 255)) >> 3));
    }
  }
  return h;
}

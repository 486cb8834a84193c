// Pictures over a watch's face: a canvas of 24 by 20 pixels of 16 bits (5, 6, 5), five sprites of 9 by 7 with their own opacity a pixel (four bits, two in a byte) times one of the whole, cut off at a window, all three colours blended in one product; then the lines that changed.
const WIDTH: i32 = 24;
const HEIGHT: i32 = 20;
const SW: i32 = 9;
const SH: i32 = 7;

const CANVAS: usize = 1024; // u16[20][24]
const pixels: StaticArray<u16> = [
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
];
const cover: StaticArray<u8> = [
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0,
];
const touched: StaticArray<i32> = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

@unmanaged
class Window {
  left: i32;
  top: i32;
  right: i32;
  bottom: i32;
}

const view = changetype<Window>(2048);

function blend(under: u32, over: u32, opacity: u32): u16 {
  const a: u32 = (under | (under << 16)) & 0x07e0f81f;
  const b: u32 = (over | (over << 16)) & 0x07e0f81f;
  const c: u32 = ((a * (32 - opacity) + b * opacity) >> 5) & 0x07e0f81f;
  return <u16>(c | (c >> 16));
}

function draw(left: i32, top: i32, whole: u32): i32 {
  const x0: i32 = max(left, view.left);
  const x1: i32 = min(left + SW, view.right);
  const y0: i32 = max(top, view.top);
  const y1: i32 = min(top + SH, view.bottom);
  if (x0 >= x1 || y0 >= y1) return 0;
  let changed: i32 = 0;
  for (let y: i32 = y0; y < y1; y++) {
    let source: i32 = (y - top) * SW + (x0 - left);
    let line: i32 = 0;
    for (let x: i32 = x0; x < x1; x++, source++) {
      const own: u32 = (<u32>unchecked(cover[source >> 1]) >> ((source & 1) << 2)) & 15;
      const opacity: u32 = (own * whole + 7) / 15;
      if (opacity == 0) continue;
      const place: usize = CANVAS + ((y * WIDTH + x) << 1);
      const under: u16 = load<u16>(place);
      const over: u16 = unchecked(pixels[source]);
      const fresh: u16 = opacity >= 32 ? over : blend(under, over, opacity);
      if (fresh == under) continue;
      store<u16>(place, fresh);
      line++;
    }
    if (line) touched[y] += line;
    changed += line;
  }
  return changed;
}

export function run(n: i32): i32 {
  let s: u32 = 565;
  for (let i: i32 = 0; i < WIDTH * HEIGHT; i++) store<u16>(CANVAS + (i << 1), <u16>(i * 37));
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < SW * SH; i++) {
      s = s * 1664525 + 1013904223;
      pixels[i] = <u16>(s >> 16);
      if (i & 1) cover[i >> 1] = <u8>(s >> 8);
    }
    cover[(SW * SH) >> 1] = <u8>(k * 5);
    view.left = k & 3;
    view.right = WIDTH - ((k >> 2) & 3);
    view.top = (k >> 1) & 3;
    view.bottom = HEIGHT - (k & 1);
    for (let y: i32 = 0; y < HEIGHT; y++) touched[y] = 0;
    for (let q: i32 = 0; q < 5; q++) {
      s = s * 1664525 + 1013904223;
      h = h * 31 + draw(<i32>((s >> 24) % 30) - 6, <i32>((s >> 16 & 255) % 26) - 6, 8 + (s >> 10 & 31));
    }
    let first: i32 = -1;
    let last: i32 = -1;
    for (let y: i32 = 0; y < HEIGHT; y++) {
      if (!touched[y]) continue;
      if (first < 0) first = y;
      last = y;
      for (let x: i32 = 0; x < WIDTH; x++) h = h * 31 + <i32>load<u16>(CANVAS + ((y * WIDTH + x) << 1));
    }
    h ^= (first << 8) | (last & 255);
  }
  return h;
}

// An image made smooth and then sharper than it was: the binomial 1 4 6 4 1 along the lines (the last values handed from name to name), then down the columns, edges repeated; what the smooth image lacks is added half again and clipped; 22 by 13 pixels of 8 bits, sums of 16.
const WIDTH: i32 = 22;
const HEIGHT: i32 = 13;
const IMAGE: usize = 1024; // u8[13][22]
const LINES: usize = 1536; // u16[13][22]

function alongLine(from: usize, to: usize): void {
  let a: i32 = load<u8>(from);
  let b: i32 = a;
  let c: i32 = a;
  let d: i32 = load<u8>(from, 1);
  for (let x: i32 = 0; x < WIDTH; x++) {
    const e: i32 = x + 2 < WIDTH ? <i32>load<u8>(from + x + 2) : d;
    store<u16>(to + (x << 1), <u16>(a + e + ((b + d) << 2) + c * 6));
    a = b;
    b = c;
    c = d;
    d = e;
  }
}

// @ts-ignore
@inline
function line(y: i32): usize {
  const inside: i32 = y < 0 ? 0 : y >= HEIGHT ? HEIGHT - 1 : y;
  return LINES + inside * WIDTH * 2;
}

function downColumns(): i32 {
  let change: i32 = 0;
  for (let y: i32 = 0; y < HEIGHT; y++) {
    const p: usize = line(y - 2);
    const q: usize = line(y - 1);
    const r: usize = line(y);
    const t: usize = line(y + 1);
    const u: usize = line(y + 2);
    const image: usize = IMAGE + y * WIDTH;
    for (let x: i32 = 0; x < WIDTH; x++) {
      const o: usize = x << 1;
      const sum: i32 =
        <i32>load<u16>(p + o) + <i32>load<u16>(u + o) + 4 * (<i32>load<u16>(q + o) + <i32>load<u16>(t + o)) + 6 * <i32>load<u16>(r + o);
      const smooth: i32 = (sum + 128) >> 8;
      const pixel: i32 = load<u8>(image + x);
      let sharp: i32 = pixel + ((pixel - smooth) * 3) / 2;
      if (sharp < 0) sharp = 0;
      if (sharp > 255) sharp = 255;
      change += abs(sharp - pixel);
      store<u8>(image + x, <u8>sharp);
    }
  }
  return change;
}

export function run(n: i32): i32 {
  let s: u32 = 512;
  for (let i: i32 = 0; i < WIDTH * HEIGHT; i++) {
    s = s * 1664525 + 1013904223;
    store<u8>(IMAGE + i, <u8>(100 + (s >> 26)));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < WIDTH * HEIGHT; i++) {
      s = s * 1664525 + 1013904223;
      const old: i32 = load<u8>(IMAGE + i);
      store<u8>(IMAGE + i, <u8>((old * 3 + 128 + (<i32>s >> 27)) >> 2));
    }
    for (let y: i32 = 0; y < HEIGHT; y++) alongLine(IMAGE + y * WIDTH, LINES + y * WIDTH * 2);
    h = h * 31 + downColumns();
    for (let i: i32 = 0; i < WIDTH * HEIGHT; i += 7) h = h * 31 + <i32>load<u8>(IMAGE + i);
  }
  return h;
}

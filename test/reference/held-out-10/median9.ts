// An image without specks: the median of 3 by 3 pixels by nineteen exchanges of two, 18 by 11 pixels of 8 bits (the edge stays); pixels that the median changes by more than a threshold are specks and are replaced, the threshold follows how many there were.
const W: i32 = 18;
const H: i32 = 11;
const IMAGE: usize = 1024; // u8[11][18]
const CLEAN: usize = 1280; // u8[11][18]

function median(p: usize): i32 {
  let a: i32 = load<u8>(p - W - 1);
  let b: i32 = load<u8>(p - W);
  let c: i32 = load<u8>(p - W + 1);
  let d: i32 = load<u8>(p - 1);
  let e: i32 = load<u8>(p);
  let f: i32 = load<u8>(p + 1);
  let g: i32 = load<u8>(p + W - 1);
  let h: i32 = load<u8>(p + W);
  let i: i32 = load<u8>(p + W + 1);
  let t: i32 = min(b, c); c = max(b, c); b = t;
  t = min(e, f); f = max(e, f); e = t;
  t = min(h, i); i = max(h, i); h = t;
  t = min(a, b); b = max(a, b); a = t;
  t = min(d, e); e = max(d, e); d = t;
  t = min(g, h); h = max(g, h); g = t;
  t = min(b, c); c = max(b, c); b = t;
  t = min(e, f); f = max(e, f); e = t;
  t = min(h, i); i = max(h, i); h = t;
  d = max(a, d);
  f = min(f, i);
  t = min(e, h); h = max(e, h); e = t;
  g = max(d, g);
  e = max(b, e);
  c = min(c, f);
  e = min(e, h);
  t = min(e, c); c = max(e, c); e = t;
  e = max(g, e);
  return min(e, c);
}

export function run(n: i32): i32 {
  let s: u32 = 90210;
  let threshold: i32 = 40;
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let y: i32 = 0; y < H; y++)
      for (let x: i32 = 0; x < W; x++) {
        s = s * 1664525 + 1013904223;
        const speck: bool = s >> 28 == 0;
        const v: u32 = speck ? s >> 16 : x * 6 + y * 9 + (s >> 27) + (k & 15);
        store<u8>(IMAGE + y * W + x, <u8>v);
      }
    memory.copy(CLEAN, IMAGE, W * H);
    let specks: i32 = 0;
    for (let y: i32 = 1; y < H - 1; y++) {
      const line: usize = IMAGE + y * W;
      for (let x: i32 = 1; x < W - 1; x++) {
        const m: i32 = median(line + x);
        h = h * 31 + m;
        if (abs(<i32>load<u8>(line + x) - m) > threshold) {
          store<u8>(line + x, <u8>m, CLEAN - IMAGE);
          specks++;
        }
      }
    }
    if (specks > 10) threshold += 3;
    else if (specks < 6 && threshold > 12) threshold -= 2;
    for (let i: i32 = 0; i < W * H; i++) h = (h ^ <i32>load<u8>(CLEAN + i)) * 0x01000193;
    h += specks;
  }
  return h;
}

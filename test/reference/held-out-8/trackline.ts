// A way that was walked, with fewer points: Douglas and Peucker by recursion over 56 points of two coordinates, distances from a line as squared areas against squared lengths in 64 bits; what stays is written as differences in bytes, its length by an estimate without a root.
const COUNT: i32 = 56;
const POINTS: usize = 1024; // i16[COUNT][2]
const KEEP: usize = 1280; // u8[COUNT]
const OUT: usize = 1344; // u8[]

function x(i: i32): i32 {
  return <i32>load<i16>(POINTS + (i << 2));
}

function y(i: i32): i32 {
  return <i32>load<i16>(POINTS + (i << 2), 2);
}

function simplify(first: i32, last: i32, limit: i64): i32 {
  if (last - first < 2) return 0;
  const dx: i32 = x(last) - x(first);
  const dy: i32 = y(last) - y(first);
  const square: i64 = <i64>dx * dx + <i64>dy * dy;
  let most: i64 = -1;
  let far: i32 = first;
  for (let i: i32 = first + 1; i < last; i++) {
    const px: i32 = x(i) - x(first);
    const py: i32 = y(i) - y(first);
    let d: i64;
    if (square == 0) d = <i64>px * px + <i64>py * py;
    else {
      const area: i64 = <i64>px * dy - <i64>py * dx;
      d = area * area;
    }
    if (d > most) {
      most = d;
      far = i;
    }
  }
  if (square == 0 ? most <= limit : most <= limit * square) return 0;
  store<u8>(KEEP + far, 1);
  const left: i32 = simplify(first, far, limit);
  return 1 + left + simplify(far, last, limit);
}

function put(at: usize, v: i32): usize {
  let u: u32 = <u32>((v << 1) ^ (v >> 31));
  while (u >= 128) {
    store<u8>(at++, <u8>(u | 128));
    u >>= 7;
  }
  store<u8>(at, <u8>u);
  return at + 1;
}

export function run(n: i32): i32 {
  let h: i32 = 0;
  let s: u32 = 31;
  for (let k: i32 = 0; k < n; k++) {
    let px: i32 = 0;
    let py: i32 = 0;
    let vx: i32 = 12;
    let vy: i32 = 0;
    for (let i: i32 = 0; i < COUNT; i++) {
      s = s * 1664525 + 1013904223;
      if (s >> 29 == 0) {
        const t: i32 = vx;
        vx = -vy;
        vy = t + (<i32>(s << 4) >> 29);
      }
      px += vx + (<i32>(s << 8) >> 29);
      py += vy + (<i32>(s << 12) >> 29);
      store<i16>(POINTS + (i << 2), <i16>px);
      store<i16>(POINTS + (i << 2), <i16>py, 2);
    }
    memory.fill(KEEP, 0, COUNT);
    store<u8>(KEEP, 1);
    store<u8>(KEEP, 1, COUNT - 1);
    const kept: i32 = simplify(0, COUNT - 1, 20 + (k & 7) * 10);
    let out: usize = OUT;
    let qx: i32 = 0;
    let qy: i32 = 0;
    let length: i32 = 0;
    for (let i: i32 = 0; i < COUNT; i++) {
      if (load<u8>(KEEP + i) == 0) continue;
      const ex: i32 = x(i) - qx;
      const ey: i32 = y(i) - qy;
      out = put(put(out, ex), ey);
      const high: i32 = max(abs(ex), abs(ey));
      length += high + ((min(abs(ex), abs(ey)) * 3) >> 3);
      qx += ex;
      qy += ey;
    }
    h = h * 31 + length;
    h ^= kept << 22;
    for (let p: usize = OUT; p < out; p++) h = h * 31 + <i32>load<u8>(p);
  }
  return h;
}

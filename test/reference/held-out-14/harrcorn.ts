// Corners in a picture (Harris): 16 by 16 pixels, slopes as differences of neighbours, their three products added up over 3 by 3 pixels, product of the diagonal less its square less a sixteenth of the squared trace; a corner is greater than its eight neighbours and than a bound, the six strongest are kept in order.
const SIDE: i32 = 16;
const INNER: i32 = SIDE - 2; // with slopes
const CORE: i32 = INNER - 2; // with an answer
const KEPT: i32 = 6;

const picture: usize = 1024; // u8[16][16]
const xx: usize = 1280; // i32[14][14]
const yy: usize = 2064; // i32[14][14]
const xy: usize = 2848; // i32[14][14]
const answers: usize = 3632; // i32[12][12]

@unmanaged
class Corner {
  answer: i32;
  x: i16;
  y: i16;
}

const corners: usize = 4224; // Corner[6]
let count: i32 = 0;

@inline function cornerAt(i: i32): Corner {
  return changetype<Corner>(corners + i * offsetof<Corner>());
}

function slopes(): void {
  for (let y: i32 = 0; y < INNER; y++)
    for (let x: i32 = 0; x < INNER; x++) {
      const p: usize = picture + (y + 1) * SIDE + x + 1;
      const dx: i32 = <i32>load<u8>(p, 1) - <i32>load<u8>(p - 1);
      const dy: i32 = <i32>load<u8>(p, SIDE) - <i32>load<u8>(p - SIDE);
      const at: i32 = (y * INNER + x) << 2;
      store<i32>(xx + at, dx * dx);
      store<i32>(yy + at, dy * dy);
      store<i32>(xy + at, dx * dy);
    }
}

function around(map: usize): i32 {
  let sum: i32 = 0;
  for (let row: i32 = 0; row < 3; row++, map += INNER << 2) sum += load<i32>(map) + load<i32>(map, 4) + load<i32>(map, 8);
  return sum;
}

function answer(): void {
  for (let y: i32 = 0; y < CORE; y++)
    for (let x: i32 = 0; x < CORE; x++) {
      const at: i32 = (y * INNER + x) << 2;
      const a: i64 = around(xx + at);
      const b: i64 = around(yy + at);
      const c: i64 = around(xy + at);
      const v: i64 = a * b - c * c - (((a + b) * (a + b)) >> 4);
      store<i32>(answers + ((y * CORE + x) << 2), <i32>(v >> 12));
    }
}

function keep(v: i32, x: i32, y: i32): void {
  let at: i32 = count;
  if (at == KEPT) {
    if (cornerAt(KEPT - 1).answer >= v) return;
    at--;
  } else count++;
  for (; at > 0 && cornerAt(at - 1).answer < v; at--) memory.copy(corners + at * 8, corners + at * 8 - 8, 8);
  const corner = cornerAt(at);
  corner.answer = v;
  corner.x = <i16>x;
  corner.y = <i16>y;
}

function isPeak(p: usize, v: i32): bool {
  for (let dy: i32 = -1; dy <= 1; dy++)
    for (let dx: i32 = -1; dx <= 1; dx++)
      if ((dx || dy) && load<i32>(p + ((dy * CORE + dx) << 2)) >= v) return false;
  return true;
}

function choose(bound: i32): void {
  count = 0;
  for (let y: i32 = 1; y < CORE - 1; y++)
    for (let x: i32 = 1; x < CORE - 1; x++) {
      const p: usize = answers + ((y * CORE + x) << 2);
      const v: i32 = load<i32>(p);
      if (v > bound && isPeak(p, v)) keep(v, x, y);
    }
}

export function run(n: i32): i32 {
  let s: u32 = 1988;
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < SIDE * SIDE; i++) {
      s = s * 1664525 + 1013904223;
      store<u8>(picture + i, <u8>(40 + (s >> 28)));
    }
    // three bright rectangles
    for (let r: i32 = 0; r < 3; r++) {
      s = s * 1664525 + 1013904223;
      const left: i32 = <i32>(s >> 29);
      const top: i32 = <i32>(s >> 26) & 7;
      const right: i32 = left + 4 + (<i32>(s >> 24) & 3);
      const bottom: i32 = top + 4 + (<i32>(s >> 22) & 3);
      for (let y: i32 = top; y < bottom; y++)
        for (let x: i32 = left; x < right; x++) {
          const p: usize = picture + y * SIDE + x;
          store<u8>(p, <u8>(<i32>load<u8>(p) + 50 + (r << 3)));
        }
    }
    slopes();
    answer();
    choose(2000);
    for (let i: i32 = 0; i < count; i++) {
      const corner = cornerAt(i);
      h = h * 31 + corner.answer;
      h = h * 31 + corner.x * 16 + corner.y;
    }
    h = h * 7 + count;
  }
  return h;
}

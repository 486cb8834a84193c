// The eight-point cosine transform of Loeffler's kind on the rows of a block of 8 x 8, 16 bits, then on its columns.
const BLOCK: usize = 1024;

function pass(p: usize, stride: usize, shift: i32): void {
  const x0: i32 = load<i16>(p);
  const x1: i32 = load<i16>(p + stride);
  const x2: i32 = load<i16>(p + 2 * stride);
  const x3: i32 = load<i16>(p + 3 * stride);
  const x4: i32 = load<i16>(p + 4 * stride);
  const x5: i32 = load<i16>(p + 5 * stride);
  const x6: i32 = load<i16>(p + 6 * stride);
  const x7: i32 = load<i16>(p + 7 * stride);
  const s07 = x0 + x7, d07 = x0 - x7;
  const s16 = x1 + x6, d16 = x1 - x6;
  const s25 = x2 + x5, d25 = x2 - x5;
  const s34 = x3 + x4, d34 = x3 - x4;
  const a = s07 + s34, b = s16 + s25, c = s16 - s25, d = s07 - s34;
  store<i16>(p, <i16>((a + b) >> shift));
  store<i16>(p + 4 * stride, <i16>((a - b) >> shift));
  const z = (c + d) * 4433;
  store<i16>(p + 2 * stride, <i16>((z + d * 6270) >> (13 + shift)));
  store<i16>(p + 6 * stride, <i16>((z - c * 15137) >> (13 + shift)));
  const e = d34 + d07, f = d25 + d16, g = d34 + d16, h = d25 + d07;
  const y = (g + h) * 9633;
  const ke = e * -7373, kf = f * -20995, kg = g * -16069 + y, kh = h * -3196 + y;
  store<i16>(p + 7 * stride, <i16>((d34 * 2446 + ke + kg) >> (13 + shift)));
  store<i16>(p + 5 * stride, <i16>((d25 * 16819 + kf + kh) >> (13 + shift)));
  store<i16>(p + 3 * stride, <i16>((d16 * 25172 + kf + kg) >> (13 + shift)));
  store<i16>(p + stride, <i16>((d07 * 12299 + ke + kh) >> (13 + shift)));
}

function transform(k: i32): i32 {
  for (let i: usize = 0; i < 64; i++) store<i16>(BLOCK + (i << 1), <i16>(((<i32>i * 97 + k) & 255) - 128));
  for (let i: usize = 0; i < 8; i++) pass(BLOCK + (i << 4), 2, 0);
  for (let i: usize = 0; i < 8; i++) pass(BLOCK + (i << 1), 16, 3);
  let sum = 0;
  for (let i: usize = 0; i < 128; i += 2) sum = sum * 3 + load<i16>(BLOCK + i);
  return sum;
}

export function run(n: i32): i32 {
  let r = 0;
  for (let k = 0; k < n; k++) r ^= transform(k);
  return r;
}

/**
 * Products of a matrix with an int16 vector, for the host profile: WebAssembly SIMD, not for flash. TypeScript twin:
 * generator/layers/recurrent/gates.ts (product); the same bits, as sums are exact.
 *
 * A lane is a row, so nothing is added up across lanes: two inputs go to all lanes at once, and i32x4.dot_i16x8_s
 * multiplies and adds two weights of four rows. Four vectors of four rows share an input; rows that are left come four
 * by four. An odd last input is followed by a weight of zero.
 *
 *     w      row 0 | row 1 | row 2 | row 3 | row 4 ...  row 15 | row 0 ...      (i16, two a row)
 *            \-------------- inputs 0 and 1 ------------------/ \- inputs 2 and 3
 *
 * Between two pairs of inputs one may leave the loop, and that is more than its end: V8 moves loads of one straight piece
 * of code to its front, and with more of them than registers it keeps the sums on the stack (docs/decisions/0121).
 */

const BLOCK = 16;

/**
 * sums = starts + W x + V y for `rows` rows, a multiple of four. x: i16[count]; y: i16[countY], which may be nothing; starts,
 * sums: i32[rows]. Rows of V follow those of W block by block.
 */
export function product(
  rows: i32, x: usize, count: i32, y: usize, countY: i32, w: usize, starts: usize, sums: usize,
): void {
  const pairs = (count + 1) >> 1;
  const all = <usize>(pairs + ((countY + 1) >> 1));
  for (; rows >= BLOCK; rows -= BLOCK) {
    sixteen(x, count, y, countY, w, starts, sums);
    w += all << 6;
    starts += 4 * BLOCK;
    sums += 4 * BLOCK;
  }
  for (; rows > 0; rows -= 4) {
    four(x, count, w, starts, sums);
    if (countY > 0) four(y, countY, w + (<usize>pairs << 4), sums, sums);
    w += all << 4;
    starts += 16;
    sums += 16;
  }
}

// @ts-ignore: decorator
@inline
function plus(sum: v128, inputs: v128, weights: v128): v128 {
  return i32x4.add(sum, i32x4.dot_i16x8_s(inputs, weights));
}

// @ts-ignore: decorator
@inline
function sixteen(
  x: usize, count: i32, y: usize, countY: i32, w: usize, starts: usize, sums: usize,
): void {
  let a = v128.load(starts);
  let b = v128.load(starts, 16);
  let c = v128.load(starts, 32);
  let d = v128.load(starts, 48);
  for (;;) {
    const end = w + (<usize>(count >> 1) << 6);
    const last = x + (<usize>(count >> 1) << 2);
    for (let left = count >> 1; left > 0; left -= 8, x += 32, w += 512) {
      const x0 = v128.load32_splat(x);
      a = plus(a, x0, v128.load(w));
      b = plus(b, x0, v128.load(w, 16));
      c = plus(c, x0, v128.load(w, 32));
      d = plus(d, x0, v128.load(w, 48));
      if (left == 1) break;
      const x1 = v128.load32_splat(x, 4);
      a = plus(a, x1, v128.load(w, 64));
      b = plus(b, x1, v128.load(w, 80));
      c = plus(c, x1, v128.load(w, 96));
      d = plus(d, x1, v128.load(w, 112));
      if (left == 2) break;
      const x2 = v128.load32_splat(x, 8);
      a = plus(a, x2, v128.load(w, 128));
      b = plus(b, x2, v128.load(w, 144));
      c = plus(c, x2, v128.load(w, 160));
      d = plus(d, x2, v128.load(w, 176));
      if (left == 3) break;
      const x3 = v128.load32_splat(x, 12);
      a = plus(a, x3, v128.load(w, 192));
      b = plus(b, x3, v128.load(w, 208));
      c = plus(c, x3, v128.load(w, 224));
      d = plus(d, x3, v128.load(w, 240));
      if (left == 4) break;
      const x4 = v128.load32_splat(x, 16);
      a = plus(a, x4, v128.load(w, 256));
      b = plus(b, x4, v128.load(w, 272));
      c = plus(c, x4, v128.load(w, 288));
      d = plus(d, x4, v128.load(w, 304));
      if (left == 5) break;
      const x5 = v128.load32_splat(x, 20);
      a = plus(a, x5, v128.load(w, 320));
      b = plus(b, x5, v128.load(w, 336));
      c = plus(c, x5, v128.load(w, 352));
      d = plus(d, x5, v128.load(w, 368));
      if (left == 6) break;
      const x6 = v128.load32_splat(x, 24);
      a = plus(a, x6, v128.load(w, 384));
      b = plus(b, x6, v128.load(w, 400));
      c = plus(c, x6, v128.load(w, 416));
      d = plus(d, x6, v128.load(w, 432));
      if (left == 7) break;
      const x7 = v128.load32_splat(x, 28);
      a = plus(a, x7, v128.load(w, 448));
      b = plus(b, x7, v128.load(w, 464));
      c = plus(c, x7, v128.load(w, 480));
      d = plus(d, x7, v128.load(w, 496));
    }
    w = end;
    if (count & 1) {
      const x0 = v128.load16_splat(last);
      a = plus(a, x0, v128.load(w));
      b = plus(b, x0, v128.load(w, 16));
      c = plus(c, x0, v128.load(w, 32));
      d = plus(d, x0, v128.load(w, 48));
      w += 64;
    }
    if (countY == 0) break;
    x = y;
    count = countY;
    countY = 0;
  }
  v128.store(sums, a);
  v128.store(sums, b, 16);
  v128.store(sums, c, 32);
  v128.store(sums, d, 48);
}

// @ts-ignore: decorator
@inline
function four(x: usize, count: i32, w: usize, starts: usize, sums: usize): void {
  let a = v128.load(starts);
  for (; count >= 2; count -= 2, x += 4, w += 16) a = plus(a, v128.load32_splat(x), v128.load(w));
  if (count > 0) a = plus(a, v128.load16_splat(x), v128.load(w));
  v128.store(sums, a);
}

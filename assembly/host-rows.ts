/**
 * Products of a matrix with an int16 vector, for the host profile: WebAssembly SIMD, not for flash. TypeScript twin:
 * generator/layers/recurrent/gates.ts (product); the same bits, as sums are exact.
 *
 * A lane is a row, so nothing is added up across lanes: two inputs go to all lanes at once, and i32x4.dot_i16x8_s
 * multiplies and adds two weights of four rows. Eight vectors of four rows share an input; rows that are left come four
 * by four. An odd last input is followed by a weight of zero.
 *
 *     w      row 0 | row 1 | row 2 | row 3 | row 4 ...  row 31 | row 0 ...      (i16, two a row)
 *            \-------------- inputs 0 and 1 ------------------/ \- inputs 2 and 3
 */

const BLOCK = 32;

/** sums = starts + W x for `rows` rows, a multiple of four. x: i16[count]; starts, sums: i32[rows]. Returns the end of w. */
export function product(rows: i32, x: usize, count: i32, w: usize, starts: usize, sums: usize): usize {
  for (; rows >= BLOCK; rows -= BLOCK) {
    w = thirtyTwo(x, count, w, starts, sums);
    starts += 4 * BLOCK;
    sums += 4 * BLOCK;
  }
  for (; rows > 0; rows -= 4) {
    w = four(x, count, w, starts, sums);
    starts += 16;
    sums += 16;
  }
  return w;
}

// @ts-ignore: decorator
@inline
function plus(sum: v128, inputs: v128, weights: v128): v128 {
  return i32x4.add(sum, i32x4.dot_i16x8_s(inputs, weights));
}

function thirtyTwo(x: usize, count: i32, w: usize, starts: usize, sums: usize): usize {
  let a = v128.load(starts);
  let b = v128.load(starts, 16);
  let c = v128.load(starts, 32);
  let d = v128.load(starts, 48);
  let e = v128.load(starts, 64);
  let f = v128.load(starts, 80);
  let g = v128.load(starts, 96);
  let h = v128.load(starts, 112);
  for (const end = x + (<usize>(count >> 2) << 3); x < end; x += 8, w += 256) {
    const x01 = v128.load32_splat(x);
    a = plus(a, x01, v128.load(w));
    b = plus(b, x01, v128.load(w, 16));
    c = plus(c, x01, v128.load(w, 32));
    d = plus(d, x01, v128.load(w, 48));
    e = plus(e, x01, v128.load(w, 64));
    f = plus(f, x01, v128.load(w, 80));
    g = plus(g, x01, v128.load(w, 96));
    h = plus(h, x01, v128.load(w, 112));
    const x23 = v128.load32_splat(x, 4);
    a = plus(a, x23, v128.load(w, 128));
    b = plus(b, x23, v128.load(w, 144));
    c = plus(c, x23, v128.load(w, 160));
    d = plus(d, x23, v128.load(w, 176));
    e = plus(e, x23, v128.load(w, 192));
    f = plus(f, x23, v128.load(w, 208));
    g = plus(g, x23, v128.load(w, 224));
    h = plus(h, x23, v128.load(w, 240));
  }
  for (let rest = count & 3; rest > 0; rest -= 2, x += 4, w += 128) {
    const inputs = rest == 1 ? v128.load16_splat(x) : v128.load32_splat(x);
    a = plus(a, inputs, v128.load(w));
    b = plus(b, inputs, v128.load(w, 16));
    c = plus(c, inputs, v128.load(w, 32));
    d = plus(d, inputs, v128.load(w, 48));
    e = plus(e, inputs, v128.load(w, 64));
    f = plus(f, inputs, v128.load(w, 80));
    g = plus(g, inputs, v128.load(w, 96));
    h = plus(h, inputs, v128.load(w, 112));
  }
  v128.store(sums, a);
  v128.store(sums, b, 16);
  v128.store(sums, c, 32);
  v128.store(sums, d, 48);
  v128.store(sums, e, 64);
  v128.store(sums, f, 80);
  v128.store(sums, g, 96);
  v128.store(sums, h, 112);
  return w;
}

function four(x: usize, count: i32, w: usize, starts: usize, sums: usize): usize {
  let a = v128.load(starts);
  for (; count >= 2; count -= 2, x += 4, w += 16) a = plus(a, v128.load32_splat(x), v128.load(w));
  if (count > 0) {
    a = plus(a, v128.load16_splat(x), v128.load(w));
    w += 16;
  }
  v128.store(sums, a);
  return w;
}

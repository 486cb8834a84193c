// A product of int8 matrices (12 by 20 by 16) in blocks of four by four sums held in names, both sides packed into panels first, as a library's generator emits it; bias, rounding shift and saturation at the end of a block.
const M: i32 = 12;
const K: i32 = 20;
const N: i32 = 16;
const A: usize = 1024; // i8[M][K]
const B: usize = 1280; // i8[K][N]
const PA: usize = 1664; // i8[M / 4][K][4]
const PB: usize = 1920; // i8[N / 4][K][4]
const BIAS: usize = 2304; // i32[N]
const C: usize = 2432; // i8[M][N]

function packRows(): void {
  let to: usize = PA;
  for (let i: i32 = 0; i < M; i += 4) {
    const from: usize = A + <usize>(i * K);
    for (let k: usize = 0; k < <usize>K; k++) {
      store<u8>(to, load<u8>(from + k));
      store<u8>(to, load<u8>(from + k, K), 1);
      store<u8>(to, load<u8>(from + k, 2 * K), 2);
      store<u8>(to, load<u8>(from + k, 3 * K), 3);
      to += 4;
    }
  }
}

function packColumns(): void {
  let to: usize = PB;
  for (let j: usize = 0; j < <usize>N; j += 4)
    for (let k: usize = 0; k < <usize>K; k++) {
      store<u32>(to, load<u32>(B + k * N + j));
      to += 4;
    }
}

// @ts-ignore: decorator
@inline
function put(to: usize, s: i32): void {
  const v: i32 = (s + 256) >> 9;
  store<i8>(to, <i8>(v < -128 ? -128 : v > 127 ? 127 : v));
}

function block(pa: usize, pb: usize, bias: usize, c: usize): void {
  let c00: i32 = load<i32>(bias), c01: i32 = load<i32>(bias, 4), c02: i32 = load<i32>(bias, 8), c03: i32 = load<i32>(bias, 12);
  let c10: i32 = c00, c11: i32 = c01, c12: i32 = c02, c13: i32 = c03;
  let c20: i32 = c00, c21: i32 = c01, c22: i32 = c02, c23: i32 = c03;
  let c30: i32 = c00, c31: i32 = c01, c32: i32 = c02, c33: i32 = c03;
  for (let k: i32 = 0; k < K; k++) {
    const a0: i32 = <i32>load<i8>(pa), a1: i32 = <i32>load<i8>(pa, 1), a2: i32 = <i32>load<i8>(pa, 2), a3: i32 = <i32>load<i8>(pa, 3);
    const b0: i32 = <i32>load<i8>(pb), b1: i32 = <i32>load<i8>(pb, 1), b2: i32 = <i32>load<i8>(pb, 2), b3: i32 = <i32>load<i8>(pb, 3);
    c00 += a0 * b0;
    c01 += a0 * b1;
    c02 += a0 * b2;
    c03 += a0 * b3;
    c10 += a1 * b0;
    c11 += a1 * b1;
    c12 += a1 * b2;
    c13 += a1 * b3;
    c20 += a2 * b0;
    c21 += a2 * b1;
    c22 += a2 * b2;
    c23 += a2 * b3;
    c30 += a3 * b0;
    c31 += a3 * b1;
    c32 += a3 * b2;
    c33 += a3 * b3;
    pa += 4;
    pb += 4;
  }
  put(c, c00);
  put(c + 1, c01);
  put(c + 2, c02);
  put(c + 3, c03);
  put(c + N, c10);
  put(c + N + 1, c11);
  put(c + N + 2, c12);
  put(c + N + 3, c13);
  put(c + 2 * N, c20);
  put(c + 2 * N + 1, c21);
  put(c + 2 * N + 2, c22);
  put(c + 2 * N + 3, c23);
  put(c + 3 * N, c30);
  put(c + 3 * N + 1, c31);
  put(c + 3 * N + 2, c32);
  put(c + 3 * N + 3, c33);
}

export function run(n: i32): i32 {
  let s: u32 = 777;
  for (let p: usize = B; p < PA; p++) {
    s = s * 1664525 + 1013904223;
    store<i8>(p, <i8>(s >> 24));
  }
  for (let j: i32 = 0; j < N; j++) store<i32>(BIAS + (<usize>j << 2), j * 700 - 5000);
  packColumns();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < M * K; i++) store<i8>(A + <usize>i, <i8>((i * 41 + ((i * i) >> 3) + k * 17) & 0xff));
    packRows();
    for (let i: usize = 0; i < <usize>M; i += 4)
      for (let j: usize = 0; j < <usize>N; j += 4) block(PA + i * K, PB + j * K, BIAS + (j << 2), C + i * N + j);
    for (let p: usize = C; p < C + M * N; p += 4) h = h * 31 + load<i32>(p);
  }
  return h;
}

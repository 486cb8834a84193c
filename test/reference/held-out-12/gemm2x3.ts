// A product of matrices with the second one transposed, as queries and keys have it: 8 rows of 32 (16 bits) by 9 rows of 32 (8 bits), in blocks of two by three sums held in names; rounded, saturated to 16 bits; the least and the greatest of each row, and the products make the next rows.
const M: i32 = 8;
const N: i32 = 9;
const K: i32 = 32;

const A: usize = 1024; // i16[8][32]
const B: usize = 1536; // i8[9][32]
const C: usize = 1856; // i16[8][9]

// @ts-ignore
@inline
function put(row: i32, col: i32, sum: i32): void {
  let v: i32 = (sum + 512) >> 10;
  v = v > 32767 ? 32767 : v < -32768 ? -32768 : v;
  store<i16>(C + ((row * N + col) << 1), <i16>v);
}

function block(row: i32, col: i32): void {
  let a: usize = A + row * K * 2;
  let b: usize = B + col * K;
  const end: usize = b + K;
  let s00: i32 = 0;
  let s01: i32 = 0;
  let s02: i32 = 0;
  let s10: i32 = 0;
  let s11: i32 = 0;
  let s12: i32 = 0;
  while (b < end) {
    const a0: i32 = load<i16>(a);
    const a1: i32 = load<i16>(a, K * 2);
    const b0: i32 = load<i8>(b);
    const b1: i32 = load<i8>(b, K);
    const b2: i32 = load<i8>(b, 2 * K);
    s00 += a0 * b0;
    s01 += a0 * b1;
    s02 += a0 * b2;
    s10 += a1 * b0;
    s11 += a1 * b1;
    s12 += a1 * b2;
    a += 2;
    b++;
  }
  put(row, col, s00);
  put(row, col + 1, s01);
  put(row, col + 2, s02);
  put(row + 1, col, s10);
  put(row + 1, col + 1, s11);
  put(row + 1, col + 2, s12);
}

export function run(n: i32): i32 {
  let s: u32 = 263;
  for (let i: i32 = 0; i < M * K; i++) {
    s = s * 69069 + 5;
    store<i16>(A + (i << 1), <i16>(s >> 16));
  }
  for (let i: i32 = 0; i < N * K; i++) {
    s = s * 69069 + 5;
    store<i8>(B + i, <i8>(s >> 24));
  }
  let h: i32 = 0;
  for (let it: i32 = 0; it < n; it++) {
    for (let row: i32 = 0; row < M; row += 2)
      for (let col: i32 = 0; col < N; col += 3) block(row, col);
    for (let row: i32 = 0; row < M; row++) {
      const c: usize = C + row * N * 2;
      let least: i32 = load<i16>(c);
      let most: i32 = least;
      for (let col: i32 = 1; col < N; col++) {
        const v: i32 = load<i16>(c + (col << 1));
        least = min(least, v);
        most = max(most, v);
      }
      h = h * 31 + least;
      h = h * 31 + most;
      const a: usize = A + row * K * 2;
      memory.copy(a, c, N * 2);
      for (let i: i32 = N; i < K; i += 5) {
        s = s * 69069 + 5;
        store<i16>(a + (i << 1), <i16>(s >> 16));
      }
    }
  }
  return h;
}

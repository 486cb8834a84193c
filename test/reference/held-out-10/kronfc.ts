// A dense layer of 35 by 48 as a sum of two products of Kronecker: the input is a matrix of 6 by 8, from the right comes a matrix of 8 by 7, from the left one of 5 by 6 (int8), what lies between is saturated to 16 bits; bias, relu that leaks by an eighth.
const X: usize = 1024; // i16[6][8]
const T: usize = 1152; // i16[6][7]
const Y: usize = 1280; // i32[5][7]
const A: usize = 2048; // i8[2][5][6]
const B: usize = 2176; // i8[2][7][8]
const BIAS: usize = 2304; // i16[35]

function fromRight(b: usize): void {
  for (let i: i32 = 0; i < 6; i++)
    for (let q: i32 = 0; q < 7; q++) {
      let sum: i32 = 64;
      for (let j: i32 = 0; j < 8; j++) sum += <i32>load<i16>(X + ((i * 8 + j) << 1)) * <i32>load<i8>(b + (q * 8 + j));
      sum >>= 7;
      store<i16>(T + ((i * 7 + q) << 1), <i16>(sum > 32767 ? 32767 : sum < -32768 ? -32768 : sum));
    }
}

function fromLeft(a: usize): void {
  for (let p: i32 = 0; p < 5; p++)
    for (let q: i32 = 0; q < 7; q++) {
      let sum: i32 = 0;
      for (let i: i32 = 0; i < 6; i++) sum += <i32>load<i8>(a + p * 6 + i) * <i32>load<i16>(T + ((i * 7 + q) << 1));
      const y: usize = Y + ((p * 7 + q) << 2);
      store<i32>(y, load<i32>(y) + sum);
    }
}

export function run(n: i32): i32 {
  let s: u32 = 1048;
  for (let i: i32 = 0; i < 60; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(A + i, <i8>(<i32>s >> 24));
  }
  for (let i: i32 = 0; i < 112; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(B + i, <i8>(<i32>s >> 24));
  }
  for (let i: i32 = 0; i < 35; i++) {
    s = s * 1664525 + 1013904223;
    store<i16>(BIAS + (i << 1), <i16>(<i32>s >> 16));
  }
  let h: i32 = 11;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < 48; i++) {
      s = s * 1664525 + 1013904223;
      store<i16>(X + (i << 1), <i16>(<i32>s >> 17));
    }
    for (let i: i32 = 0; i < 35; i++) store<i32>(Y + (i << 2), <i32>load<i16>(BIAS + (i << 1)) << 4);
    fromRight(B);
    fromLeft(A);
    fromRight(B + 56);
    fromLeft(A + 30);
    for (let i: i32 = 0; i < 35; i++) {
      let v: i32 = load<i32>(Y + (i << 2));
      if (v < 0) v >>= 3;
      h = h * 31 + v;
    }
  }
  return h;
}

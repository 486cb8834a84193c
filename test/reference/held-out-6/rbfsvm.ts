// A support vector machine with a Gaussian kernel: squared distances of int8 features to 18 vectors, e^-x from a table of 65 with a straight line between and shifts above, coefficients of 16 bits, sums of 64, three pairwise votes.
const FEATURES: i32 = 14;
const VECTORS: i32 = 18;
const GAMMA: i32 = 23; // of the distance, Q10 in units of ln 2
const X: usize = 1024;
const SUPPORT: usize = 1088; // i8[VECTORS][FEATURES]
const ALPHA: usize = 1408; // i16[3][VECTORS]
const TABLE: usize = 1536; // u16[65], 2^-x of [0, 1], Q15
const KERNEL: usize = 1792; // u16[VECTORS]

function tables(): void {
  let v: u32 = 1 << 31;
  for (let i: usize = 0; i <= 64; i++) {
    store<u16>(TABLE + (i << 1), <u16>(v >> 16));
    v = <u32>((<u64>v * 4248707233) >> 32); // 2^(-1/64)
  }
  let s: u32 = 77;
  for (let p: usize = SUPPORT; p < SUPPORT + <usize>(VECTORS * FEATURES); p++) {
    s = s * 1664525 + 1013904223;
    store<i8>(p, <i8>((<i32>s) >> 26));
  }
  for (let p: usize = ALPHA; p < ALPHA + <usize>(3 * VECTORS * 2); p += 2) {
    s = s * 1664525 + 1013904223;
    store<i16>(p, <i16>((<i32>s) >> 16));
  }
}

function power(x: u32): u32 {
  const whole: u32 = x >> 10;
  if (whole >= 15) return 0;
  const part: u32 = x & 1023;
  const p: usize = TABLE + ((part >> 4) << 1);
  const a: u32 = load<u16>(p);
  const b: u32 = load<u16>(p, 2);
  return (a - (((a - b) * (part & 15)) >> 4)) >> whole;
}

function kernels(): void {
  let s: usize = SUPPORT;
  for (let v: usize = 0; v < <usize>VECTORS; v++) {
    let d: i32 = 0;
    for (let j: usize = 0; j < <usize>FEATURES; j++) {
      const e: i32 = <i32>load<i8>(X + j) - <i32>load<i8>(s + j);
      d += e * e;
    }
    s += FEATURES;
    store<u16>(KERNEL + (v << 1), <u16>power(<u32>(d * GAMMA) >> 5));
  }
}

function decide(pair: usize): i64 {
  let sum: i64 = <i64>(<i32>pair - 1) << 27;
  const a: usize = ALPHA + pair * <usize>(VECTORS * 2);
  for (let v: usize = 0; v < <usize>(VECTORS * 2); v += 2) sum += <i64>(<i32>load<i16>(a + v) * <i32>load<u16>(KERNEL + v));
  return sum;
}

export function run(n: i32): i32 {
  tables();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++)
    for (let window: i32 = 0; window < 3; window++) {
      for (let j: i32 = 0; j < FEATURES; j++)
        store<i8>(X + <usize>j, <i8>((<i32>load<i8>(SUPPORT + <usize>(((k + window) % VECTORS) * FEATURES + j)) + ((j * (k + 3)) & 15) - 7)));
      kernels();
      let votes: i32 = 0;
      for (let pair: usize = 0; pair < 3; pair++) {
        const d: i64 = decide(pair);
        votes |= <i32>(d > 0) << <i32>pair;
        h = h * 29 + <i32>(d >> 8);
      }
      h ^= votes;
    }
  return h;
}

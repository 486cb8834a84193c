// Distance of Mahalanobis to three enrolled wearers: forward substitution in the triangle of Cholesky kept row by row, reciprocals of its diagonal in Q16, the root at the end.
const DIM: i32 = 10;
const PACKED: i32 = (DIM * (DIM + 1)) / 2;
const WEARERS: i32 = 3;
const MODEL: usize = 4096; // by wearer: i32[10] mean, i32[55] triangle (its diagonal inverted)
const STRIDE: usize = 65 * 4;
const PROBE: usize = 1024; // i32[10]
const Z: usize = 1088; // i32[10]

function enrol(): void {
  let s: u32 = 0xfeed;
  for (let w: usize = 0; w < <usize>WEARERS; w++) {
    let p: usize = MODEL + w * STRIDE;
    for (let i: i32 = 0; i < DIM; i++, p += 4) {
      s = s * 1664525 + 1013904223;
      store<i32>(p, (<i32>s) >> 16);
    }
    for (let i: i32 = 0; i < DIM; i++)
      for (let j: i32 = 0; j <= i; j++, p += 4) {
        s = s * 1664525 + 1013904223;
        store<i32>(p, i == j ? 20000 + <i32>(s >> 18) : (<i32>s) >> 18);
      }
  }
}

function root(v: u64): u32 {
  let r: u64 = 0;
  let bit: u64 = (<u64>1) << 46;
  while (bit > v) bit >>= 2;
  while (bit) {
    if (v >= r + bit) {
      v -= r + bit;
      r = (r >> 1) + bit;
    } else r >>= 1;
    bit >>= 2;
  }
  return <u32>r;
}

function distance(model: usize): u32 {
  let l: usize = model + ((<usize>DIM) << 2);
  let sum: u64 = 0;
  for (let i: i32 = 0; i < DIM; i++) {
    let v: i64 = (<i64>(load<i32>(PROBE + ((<usize>i) << 2)) - load<i32>(model + ((<usize>i) << 2)))) << 16;
    for (let j: i32 = 0; j < i; j++) {
      v -= <i64>load<i32>(l) * <i64>load<i32>(Z + ((<usize>j) << 2));
      l += 4;
    }
    const z: i32 = <i32>(((v >> 16) * <i64>load<i32>(l)) >> 16);
    l += 4;
    store<i32>(Z + ((<usize>i) << 2), z);
    sum += <u64>(<i64>z * z);
  }
  return root(sum);
}

export function run(n: i32): i32 {
  enrol();
  let h: u32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < DIM; i++) store<i32>(PROBE + ((<usize>i) << 2), ((k + 1) * (i * 2011 + 77)) % 30011 - 15000);
    let nearest: u32 = u32.MAX_VALUE;
    let who: u32 = 0;
    for (let w: i32 = 0; w < WEARERS; w++) {
      const d: u32 = distance(MODEL + <usize>w * STRIDE);
      if (d < nearest) {
        nearest = d;
        who = w;
      }
    }
    h = h * 31 + nearest * 4 + who;
  }
  return <i32>h;
}

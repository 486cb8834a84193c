// How unusual is a reading: a symmetric matrix of 20 features kept as its upper triangle row by row (16 bits); its product with the deviation from each element once, for both its places; the square form of 64 bits; then the matrix forgets a sixteenth and takes in the outer product, and the mean follows.
const N: i32 = 20;
const X: usize = 1024; // i32[N]: deviation
const MEAN: usize = 1120; // i32[N], sixteen times
const Y: usize = 1216; // i32[N]
const S: usize = 1536; // i16[N * (N + 1) / 2]

function product(): void {
  memory.fill(Y, 0, N << 2);
  let p: usize = S;
  for (let i: i32 = 0; i < N; i++) {
    const xi: i32 = load<i32>(X + (i << 2));
    let own: i32 = load<i32>(Y + (i << 2)) + <i32>load<i16>(p) * xi;
    p += 2;
    for (let j: i32 = i + 1; j < N; j++) {
      const v: i32 = <i32>load<i16>(p);
      const at: usize = j << 2;
      own += v * load<i32>(X + at);
      store<i32>(Y + at, load<i32>(Y + at) + v * xi);
      p += 2;
    }
    store<i32>(Y + (i << 2), own);
  }
}

function form(): i64 {
  let sum: i64 = 0;
  for (let i: i32 = 0; i < N; i++) sum += <i64>load<i32>(X + (i << 2)) * <i64>load<i32>(Y + (i << 2));
  return sum;
}

function learn(): void {
  let p: usize = S;
  for (let i: i32 = 0; i < N; i++) {
    const xi: i32 = load<i32>(X + (i << 2));
    for (let j: i32 = i; j < N; j++) {
      const old: i32 = <i32>load<i16>(p);
      store<i16>(p, <i16>(old - (old >> 4) + ((xi * load<i32>(X + (j << 2))) >> 8)));
      p += 2;
    }
  }
}

export function run(n: i32): i32 {
  let s: u32 = 555;
  let p: usize = S;
  for (let i: i32 = 0; i < N; i++) {
    for (let j: i32 = i; j < N; j++) {
      store<i16>(p, i == j ? 256 : 0);
      p += 2;
    }
  }
  memory.fill(MEAN, 0, N << 2);
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    let common: i32 = 0;
    for (let i: i32 = 0; i < N; i++) {
      s = s * 1664525 + 1013904223;
      const value: i32 = (<i32>s >> 23) + (common >> 1);
      common = value;
      const mean: i32 = load<i32>(MEAN + (i << 2));
      store<i32>(X + (i << 2), value - (mean >> 4));
      store<i32>(MEAN + (i << 2), mean + value - (mean >> 4));
    }
    product();
    const score: i64 = form();
    learn();
    for (let i: i32 = 0; i < N; i++) h = h * 31 + load<i32>(Y + (i << 2));
    h ^= <i32>(score >> 8) + <i32>load<i16>(S + 2 * (k % 210));
  }
  return h;
}

// Walsh-Hadamard transform of 128 values in place, then the strongest coefficient.
const DATA: usize = 4096; // int32[128]
const N: usize = 128;

function load128(k: i32): void {
  let s: u32 = <u32>k + 99;
  for (let i: usize = 0; i < N; i++) {
    s = s * 1664525 + 1013904223;
    store<i32>(DATA + (i << 2), (<i32>s) >> 20);
  }
}

function transform(): void {
  let half: usize = 4;
  while (half < N << 2) {
    for (let block: usize = DATA; block < DATA + (N << 2); block += half << 1) {
      let p: usize = block;
      const end: usize = block + half;
      while (p < end) {
        const a: i32 = load<i32>(p);
        const b: i32 = load<i32>(p + half);
        store<i32>(p, a + b);
        store<i32>(p + half, a - b);
        p += 4;
      }
    }
    half <<= 1;
  }
}

function strongest(): i32 {
  let at: i32 = 0;
  let best: i32 = 0;
  for (let i: i32 = 1; i < 128; i++) {
    let v: i32 = load<i32>(DATA + ((<usize>i) << 2));
    if (v < 0) v = -v;
    if (v > best) {
      best = v;
      at = i;
    }
  }
  return at ^ (best << 7);
}

export function run(n: i32): i32 {
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    load128(k);
    transform();
    h = h * 31 + strongest();
  }
  return h;
}

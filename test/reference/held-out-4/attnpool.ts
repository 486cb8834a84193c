// Attention over time: a score a step, weights by a table of powers, the weighted mean of the steps by one division each.
const T: i32 = 20;
const D: i32 = 16;
const SEQ: usize = 4096; // int16[20][16]
const QUERY: usize = 1024; // int8[16]
const SCORE: usize = 1088; // int32[20]
const POWER: usize = 2048; // u16[64]
const OUT: usize = 1280; // int16[16]

function fill(): void {
  let s: u32 = 90210;
  for (let i: usize = 0; i < <usize>(T * D); i++) {
    s = s * 1664525 + 1013904223;
    store<i16>(SEQ + (i << 1), <i16>(s >> 20));
  }
  for (let i: usize = 0; i < <usize>D; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(QUERY + i, <i8>(s >> 24));
  }
  let p: u32 = 32768;
  for (let i: usize = 0; i < 64; i++) {
    store<u16>(POWER + (i << 1), <u16>p);
    p = (p * 58000) >> 16;
  }
}

function pool(): void {
  let best: i32 = -2147483648;
  for (let t: i32 = 0; t < T; t++) {
    let a: i32 = 0;
    for (let d: i32 = 0; d < D; d++)
      a += <i32>load<i16>(SEQ + ((<usize>(t * D + d)) << 1)) * <i32>load<i8>(QUERY + <usize>d);
    a >>= 11;
    store<i32>(SCORE + ((<usize>t) << 2), a);
    if (a > best) best = a;
  }
  let total: i32 = 0;
  for (let t: i32 = 0; t < T; t++) {
    const below: i32 = best - load<i32>(SCORE + ((<usize>t) << 2));
    const e: i32 = below > 63 ? 0 : <i32>load<u16>(POWER + ((<usize>below) << 1));
    store<i32>(SCORE + ((<usize>t) << 2), e >> 3);
    total += e >> 3;
  }
  for (let d: i32 = 0; d < D; d++) {
    let a: i32 = 0;
    for (let t: i32 = 0; t < T; t++)
      a += load<i32>(SCORE + ((<usize>t) << 2)) * <i32>load<i16>(SEQ + ((<usize>(t * D + d)) << 1));
    store<i16>(OUT + ((<usize>d) << 1), <i16>(a / total));
  }
}

export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    store<i16>(SEQ + ((<usize>(k % 20)) << 5), <i16>(k << 4));
    pool();
    for (let d: usize = 0; d < <usize>D; d++) h = h * 31 + <i32>load<i16>(OUT + (d << 1));
  }
  return h;
}

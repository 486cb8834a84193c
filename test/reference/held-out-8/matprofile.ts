// What in a wave comes again: the matrix profile of 36 samples by pieces of eight, diagonal after diagonal with a product that moves along, correlations in Q15 by sums of 64 bits and roots made once a piece; the best partner of each, the most alike pair, the most singular piece.
const COUNT: i32 = 36;
const PIECE: i32 = 8;
const PIECES: i32 = COUNT - PIECE + 1;
const NEAR: i32 = 4;
const X: usize = 1024; // i32[COUNT]
const SUM: usize = 1280; // i32[PIECES]
const SPREAD: usize = 1536; // i32[PIECES]: root of PIECE * squares - sum^2
const BEST: usize = 1792; // i32[PIECES]
const PARTNER: usize = 2048; // u8[PIECES]

function root64(x: u64): u32 {
  let r: u64 = 0;
  let bit: u64 = 1 << 40;
  while (bit > x) bit >>= 2;
  for (; bit != 0; bit >>= 2) {
    const t: u64 = r + bit;
    r >>= 1;
    if (x >= t) {
      x -= t;
      r += bit;
    }
  }
  return <u32>r;
}

function pieces(): void {
  let sum: i32 = 0;
  let squares: i64 = 0;
  for (let i: i32 = 0; i < COUNT; i++) {
    const v: i32 = load<i32>(X + (i << 2));
    sum += v;
    squares += <i64>v * v;
    if (i < PIECE - 1) continue;
    const p: i32 = (i - PIECE + 1) << 2;
    store<i32>(SUM + p, sum);
    store<i32>(SPREAD + p, <i32>root64(<u64>(squares * PIECE - <i64>sum * sum)));
    store<i32>(BEST + p, i32.MIN_VALUE);
    const old: i32 = load<i32>(X + p);
    sum -= old;
    squares -= <i64>old * old;
  }
}

function note(i: i32, j: i32, value: i32): void {
  if (value <= load<i32>(BEST + (i << 2))) return;
  store<i32>(BEST + (i << 2), value);
  store<u8>(PARTNER + i, <u8>j);
}

function diagonal(apart: i32): void {
  let product: i64 = 0;
  for (let i: i32 = 0; i < PIECE; i++) product += <i64>load<i32>(X + (i << 2)) * <i64>load<i32>(X + ((i + apart) << 2));
  for (let i: i32 = 0; ; ) {
    const j: i32 = i + apart;
    const under: i64 = <i64>load<i32>(SPREAD + (i << 2)) * <i64>load<i32>(SPREAD + (j << 2));
    const over: i64 = product * PIECE - <i64>load<i32>(SUM + (i << 2)) * <i64>load<i32>(SUM + (j << 2));
    const alike: i32 = under == 0 ? 0 : <i32>((over << 15) / under);
    note(i, j, alike);
    note(j, i, alike);
    i++;
    if (i + apart >= PIECES) break;
    const a: usize = X + (i << 2);
    const b: usize = a + (apart << 2);
    product += <i64>load<i32>(a, (PIECE - 1) * 4) * <i64>load<i32>(b, (PIECE - 1) * 4) - <i64>load<i32>(a - 4) * <i64>load<i32>(b - 4);
  }
}

export function run(n: i32): i32 {
  let h: i32 = 0;
  let s: u32 = 23;
  for (let k: i32 = 0; k < n; k++) {
    let level: i32 = 0;
    for (let i: i32 = 0; i < COUNT; i++) {
      s = s * 1664525 + 1013904223;
      level += <i32>s >> 24;
      const beat: i32 = (i + k) % 13;
      store<i32>(X + (i << 2), level - (level >> 2) + (beat < 4 ? beat * 150 : 0));
    }
    pieces();
    for (let apart: i32 = NEAR; apart < PIECES; apart++) diagonal(apart);
    let motif: i32 = 0;
    let discord: i32 = 0;
    for (let i: i32 = 0; i < PIECES; i++) {
      const v: i32 = load<i32>(BEST + (i << 2));
      if (v > load<i32>(BEST + (motif << 2))) motif = i;
      if (v < load<i32>(BEST + (discord << 2))) discord = i;
      h = h * 31 + v + <i32>load<u8>(PARTNER + i);
    }
    h ^= (motif << 20) | (discord << 26);
  }
  return h;
}

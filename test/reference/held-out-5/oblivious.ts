// Boosted trees that ask the same question on each level: five comparisons make an index into 32 leaves of 16 bits; 14 trees, four classes in turn, then the largest.
const TREES: i32 = 14;
const DEPTH: i32 = 5;
const FEATURES: usize = 1024; // i16[18]
const NODES: usize = 2048; // u8 feature, i16 limit behind each other: 14 x 5 x 4 bytes
const LEAVES: usize = 4096; // i16[14][32]
const SCORES: usize = 1152; // i32[4]

function train(): void {
  let s: u32 = 271828;
  for (let i: i32 = 0; i < TREES * DEPTH; i++) {
    s = s * 1664525 + 1013904223;
    const p: usize = NODES + ((<usize>i) << 2);
    store<u8>(p, <u8>((s >> 27) % 18));
    store<i16>(p, <i16>((<i32>s) >> 18), 2);
  }
  for (let i: i32 = 0; i < TREES * 32; i++) {
    s = s * 1664525 + 1013904223;
    store<i16>(LEAVES + ((<usize>i) << 1), <i16>((<i32>s) >> 20));
  }
}

function tree(t: i32): i32 {
  let node: usize = NODES + <usize>(t * DEPTH * 4);
  let index: u32 = 0;
  for (let level: i32 = 0; level < DEPTH; level++) {
    const value: i32 = <i32>load<i16>(FEATURES + ((<usize>load<u8>(node)) << 1));
    index = (index << 1) | <u32>(value > <i32>load<i16>(node, 2));
    node += 4;
  }
  return <i32>load<i16>(LEAVES + ((<usize>((<u32>t << 5) + index)) << 1));
}

function classify(): i32 {
  store<i64>(SCORES, 0);
  store<i64>(SCORES, 0, 8);
  for (let t: i32 = 0; t < TREES; t++) {
    const p: usize = SCORES + ((<usize>(t & 3)) << 2);
    store<i32>(p, load<i32>(p) + tree(t));
  }
  let best: i32 = load<i32>(SCORES);
  let which: i32 = 0;
  for (let c: i32 = 1; c < 4; c++) {
    const v: i32 = load<i32>(SCORES + ((<usize>c) << 2));
    which = v > best ? c : which;
    best = v > best ? v : best;
  }
  return (best << 2) | which;
}

export function run(n: i32): i32 {
  train();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++)
    for (let window: i32 = 0; window < 6; window++) {
      for (let f: i32 = 0; f < 18; f++) store<i16>(FEATURES + ((<usize>f) << 1), <i16>((k * 6 + window + 5) * (f * 3571 + 911)));
      h = h * 31 + classify();
    }
  return h;
}

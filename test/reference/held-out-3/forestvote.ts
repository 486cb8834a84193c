// A forest of nine trees: nodes packed into eight bytes (feature, threshold, left, right), votes of three classes.
const NODES: usize = 4096;
const FEATURES: usize = 512; // i16
const VOTES: usize = 768;
const TREES: i32 = 9;
const DEPTH: i32 = 5;
const PER_TREE: i32 = 63;

function plant(): void {
  let s: u32 = 2463534242;
  for (let t = 0; t < TREES; t++)
    for (let i = 0; i < PER_TREE; i++) {
      s ^= s << 13;
      s ^= s >> 17;
      s ^= s << 5;
      const p = NODES + (<usize>(t * 64 + i) << 3);
      const leaf = i >= 31;
      store<u8>(p, leaf ? 255 : <u8>(s % 20));
      store<u8>(p, <u8>((s >> 8) % 3), 1);
      store<i16>(p, <i16>(s >> 16), 2);
      store<u16>(p, <u16>(2 * i + 1), 4);
      store<u16>(p, <u16>(2 * i + 2), 6);
    }
}

function walk(tree: usize): u32 {
  let node: usize = 0;
  while (true) {
    const p = tree + (node << 3);
    const feature = load<u8>(p);
    if (feature == 255) return load<u8>(p, 1);
    node = load<i16>(FEATURES + (<usize>feature << 1)) <= load<i16>(p, 2) ? load<u16>(p, 4) : load<u16>(p, 6);
  }
}

function classify(): u32 {
  store<u32>(VOTES, 0);
  for (let t: usize = 0; t < <usize>TREES; t++) {
    const v = VOTES + walk(NODES + (t << 9));
    store<u8>(v, load<u8>(v) + 1);
  }
  let best: u32 = 0;
  for (let c: u32 = 1; c < 3; c++) if (load<u8>(VOTES + c) > load<u8>(VOTES + best)) best = c;
  return best * 16 + load<u8>(VOTES + best);
}

export function run(n: i32): i32 {
  plant();
  let r: u32 = 0;
  for (let k = 0; k < n; k++)
    for (let window = 0; window < 6; window++) {
      for (let f = 0; f < 20; f++) store<i16>(FEATURES + (<usize>f << 1), <i16>((k * 7 + window * 131 + f * 2003) * 257));
      r = r * 5 + classify();
    }
  return r;
}

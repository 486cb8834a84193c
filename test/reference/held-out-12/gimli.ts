// Digests by Gimli: a state of twelve words as three rows of four columns, 24 rounds of turned columns with small and big swaps between; a sponge that takes sixteen bytes a turn; a record of 20 to 51 bytes, a digest of 32, part of which goes into the next record.
const state: usize = 1024; // u32[12]
const record: usize = 1088; // u8[64]
const digest: usize = 1152; // u8[32]

function swap(a: usize, b: usize): void {
  const t: u32 = load<u32>(a);
  store<u32>(a, load<u32>(b));
  store<u32>(b, t);
}

function permute(): void {
  for (let round: u32 = 24; round > 0; round--) {
    for (let p: usize = state; p < state + 16; p += 4) {
      const x: u32 = rotl(load<u32>(p), 24);
      const y: u32 = rotl(load<u32>(p, 16), 9);
      const z: u32 = load<u32>(p, 32);
      store<u32>(p, x ^ (z << 1) ^ ((y & z) << 2), 32);
      store<u32>(p, y ^ x ^ ((x | z) << 1), 16);
      store<u32>(p, z ^ y ^ ((x & y) << 3));
    }
    const phase: u32 = round & 3;
    if (phase == 0) {
      swap(state, state + 4);
      swap(state + 8, state + 12);
      store<u32>(state, load<u32>(state) ^ 0x9e377900 ^ round);
    } else if (phase == 2) {
      swap(state, state + 8);
      swap(state + 4, state + 12);
    }
  }
}

function hash(from: usize, length: i32): void {
  memory.fill(state, 0, 48);
  let at: usize = state;
  while (length-- > 0) {
    store<u8>(at, load<u8>(at) ^ load<u8>(from++));
    if (++at == state + 16) {
      permute();
      at = state;
    }
  }
  store<u8>(at, load<u8>(at) ^ 0x1f);
  store<u8>(state, load<u8>(state, 15) ^ 0x80, 15);
  permute();
  memory.copy(digest, state, 16);
  permute();
  memory.copy(digest + 16, state, 16);
}

export function run(n: i32): i32 {
  let s: u32 = 24;
  for (let i: i32 = 0; i < 64; i++) store<u8>(record + i, <u8>(i * 7));
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    s = s * 1664525 + 1013904223;
    hash(record, 20 + (s >> 27));
    for (let i: i32 = 0; i < 32; i += 4) h = rotl(h, 5) ^ load<i32>(digest + i);
    memory.copy(record + (k & 31), digest, 9);
  }
  return h;
}

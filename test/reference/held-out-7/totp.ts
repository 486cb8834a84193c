// A password of six digits by counter: HMAC with SHA-1, a key of twenty bytes, the counter in eight, big end first; four blocks a password; schedule in a ring of sixteen words, then the dynamic cut.
const BLOCK: usize = 1024; // u8[64]
const RING: usize = 1088; // u32[16]
const DIGEST: usize = 1152; // u32[5]
const INNER: usize = 1184; // u32[5]
const KEY: usize = 1216; // u8[20]

function start(): void {
  store<u32>(DIGEST, 0x67452301);
  store<u32>(DIGEST, 0xefcdab89, 4);
  store<u32>(DIGEST, 0x98badcfe, 8);
  store<u32>(DIGEST, 0x10325476, 12);
  store<u32>(DIGEST, 0xc3d2e1f0, 16);
}

function compress(): void {
  for (let i: usize = 0; i < 64; i += 4) store<u32>(RING + i, bswap<u32>(load<u32>(BLOCK + i)));
  let a: u32 = load<u32>(DIGEST);
  let b: u32 = load<u32>(DIGEST, 4);
  let c: u32 = load<u32>(DIGEST, 8);
  let d: u32 = load<u32>(DIGEST, 12);
  let e: u32 = load<u32>(DIGEST, 16);
  for (let t: usize = 0; t < 80; t++) {
    const at: usize = RING + ((t & 15) << 2);
    if (t >= 16) {
      const mixed: u32 =
        load<u32>(RING + (((t + 13) & 15) << 2)) ^ load<u32>(RING + (((t + 8) & 15) << 2)) ^ load<u32>(RING + (((t + 2) & 15) << 2)) ^ load<u32>(at);
      store<u32>(at, rotl<u32>(mixed, 1));
    }
    let f: u32 = 0;
    if (t < 20) f = ((b & c) | (~b & d)) + 0x5a827999;
    else if (t < 40) f = (b ^ c ^ d) + 0x6ed9eba1;
    else if (t < 60) f = ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
    else f = (b ^ c ^ d) + 0xca62c1d6;
    const next: u32 = rotl<u32>(a, 5) + f + e + load<u32>(at);
    e = d;
    d = c;
    c = rotl<u32>(b, 30);
    b = a;
    a = next;
  }
  store<u32>(DIGEST, load<u32>(DIGEST) + a);
  store<u32>(DIGEST, load<u32>(DIGEST, 4) + b, 4);
  store<u32>(DIGEST, load<u32>(DIGEST, 8) + c, 8);
  store<u32>(DIGEST, load<u32>(DIGEST, 12) + d, 12);
  store<u32>(DIGEST, load<u32>(DIGEST, 16) + e, 16);
}

function padded(mask: u8): void {
  for (let i: usize = 0; i < 64; i++) store<u8>(BLOCK + i, i < 20 ? load<u8>(KEY + i) ^ mask : mask);
}

function finish(bits: u32): void {
  store<u32>(BLOCK, bswap<u32>(512 + bits), 60);
  compress();
}

function password(counter: u64): u32 {
  padded(0x36);
  start();
  compress();
  memory.fill(BLOCK, 0, 64);
  store<u64>(BLOCK, bswap<u64>(counter));
  store<u8>(BLOCK, 0x80, 8);
  finish(64);
  memory.copy(INNER, DIGEST, 20);
  padded(0x5c);
  start();
  compress();
  memory.fill(BLOCK, 0, 64);
  for (let i: usize = 0; i < 20; i += 4) store<u32>(BLOCK + i, bswap<u32>(load<u32>(INNER + i)));
  store<u8>(BLOCK, 0x80, 20);
  finish(160);
  for (let i: usize = 0; i < 20; i += 4) store<u32>(BLOCK + i, bswap<u32>(load<u32>(DIGEST + i)));
  const cut: usize = <usize>(load<u8>(BLOCK, 19) & 15);
  return (bswap<u32>(load<u32>(BLOCK + cut)) & 0x7fffffff) % 1000000;
}

export function run(n: i32): i32 {
  for (let i: usize = 0; i < 20; i++) store<u8>(KEY + i, <u8>(0x31 + i * 7));
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + <i32>password(<u64>k * 0x100000003 + 59000000);
  return h;
}

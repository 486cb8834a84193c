// Records sealed for the flash: Speck with blocks of 64 and keys of 128 bits, 27 rounds, the stream by counting up, a tag by chaining over header and cipher text, opened again; a tag that is spoilt is found; three blocks and a rest.
const KEY: usize = 1024; // u32[4]
const ROUND: usize = 1040; // u32[27]
const LEFT: usize = 1152; // the block's words
const RIGHT: usize = 1156;
const PLAIN: usize = 1200; // u8[29]
const SEALED: usize = 1264; // u8[29]
const BYTES: i32 = 29;

function expand(): void {
  let l0: u32 = load<u32>(KEY, 4);
  let l1: u32 = load<u32>(KEY, 8);
  let l2: u32 = load<u32>(KEY, 12);
  let k: u32 = load<u32>(KEY);
  for (let i: u32 = 0; i < 27; i++) {
    store<u32>(ROUND + (i << 2), k);
    const l3: u32 = (k + rotr<u32>(l0, 8)) ^ i;
    k = rotl<u32>(k, 3) ^ l3;
    l0 = l1;
    l1 = l2;
    l2 = l3;
  }
}

function encrypt(left: u32, right: u32): void {
  for (let p: usize = ROUND; p < ROUND + 108; p += 4) {
    left = (rotr<u32>(left, 8) + right) ^ load<u32>(p);
    right = rotl<u32>(right, 3) ^ left;
  }
  store<u32>(LEFT, left);
  store<u32>(RIGHT, right);
}

function stream(from: usize, to: usize, nonce: u32): void {
  for (let i: i32 = 0; i < BYTES; i += 8) {
    encrypt(nonce, <u32>(i >> 3) + 1);
    const rest: i32 = min(BYTES - i, 8);
    for (let j: i32 = 0; j < rest; j++) store<u8>(to + i + j, load<u8>(from + i + j) ^ load<u8>(LEFT + j));
  }
}

function tag(from: usize, nonce: u32): u64 {
  encrypt(nonce ^ 0x80000000, BYTES);
  let i: i32 = 0;
  for (; i + 8 <= BYTES; i += 8) encrypt(load<u32>(LEFT) ^ load<u32>(from + i), load<u32>(RIGHT) ^ load<u32>(from + i, 4));
  let last: u64 = 0x80 << ((BYTES & 7) << 3);
  for (let j: i32 = BYTES - 1; j >= i; j--) last |= <u64>load<u8>(from + j) << ((j - i) << 3);
  encrypt(load<u32>(LEFT) ^ <u32>last, load<u32>(RIGHT) ^ <u32>(last >> 32));
  return load<u64>(LEFT);
}

export function run(n: i32): i32 {
  let s: u32 = 41;
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let p: usize = KEY; p < KEY + 16; p += 4) {
      s = s * 1664525 + 1013904223;
      store<u32>(p, s);
    }
    expand();
    for (let i: i32 = 0; i < BYTES; i++) {
      s = s * 1664525 + 1013904223;
      store<u8>(PLAIN + i, <u8>(s >> 24));
    }
    const nonce: u32 = s ^ <u32>k;
    stream(PLAIN, SEALED, nonce);
    const made: u64 = tag(SEALED, nonce);
    if ((s >> 16) % 3 == 0) store<u8>(SEALED + (s >> 20) % BYTES, <u8>s);
    const found: u64 = tag(SEALED, nonce);
    if (found == made) {
      stream(SEALED, PLAIN, nonce);
      for (let i: i32 = 0; i < BYTES; i++) h = h * 31 + <i32>load<u8>(PLAIN + i);
    } else h = h * 31 - 1;
    h ^= <i32>made ^ <i32>(found >> 32);
  }
  return h;
}

// The name of a public key as some purses and fobs have it: RIPEMD-160 of a record of 57 to 112 bytes, two lines of eighty steps with their own orders of words and turns (tables of bytes), five functions one after the other; the digest is part of the next record.
const message: usize = 1024; // u8[192]
const state: usize = 1216; // u32[5]

const leftWords: usize = memory.data<u8>([
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 7, 4, 13, 1, 10, 6, 15, 3, 12, 0, 9, 5, 2, 14, 11, 8,
  3, 10, 14, 4, 9, 15, 8, 1, 2, 7, 0, 6, 13, 11, 5, 12, 1, 9, 11, 10, 0, 8, 12, 4, 13, 3, 7, 15, 14, 5, 6, 2,
  4, 0, 5, 9, 7, 12, 2, 10, 14, 1, 3, 8, 11, 6, 15, 13,
]);
const rightWords: usize = memory.data<u8>([
  5, 14, 7, 0, 9, 2, 11, 4, 13, 6, 15, 8, 1, 10, 3, 12, 6, 11, 3, 7, 0, 13, 5, 10, 14, 15, 8, 12, 4, 9, 1, 2,
  15, 5, 1, 3, 7, 14, 6, 9, 11, 8, 12, 2, 10, 0, 4, 13, 8, 6, 4, 1, 3, 11, 15, 0, 5, 12, 2, 13, 9, 7, 10, 14,
  12, 15, 10, 4, 1, 5, 8, 7, 6, 2, 13, 14, 0, 3, 9, 11,
]);
const leftTurns: usize = memory.data<u8>([
  11, 14, 15, 12, 5, 8, 7, 9, 11, 13, 14, 15, 6, 7, 9, 8, 7, 6, 8, 13, 11, 9, 7, 15, 7, 12, 15, 9, 11, 7, 13,
  12, 11, 13, 6, 7, 14, 9, 13, 15, 14, 8, 13, 6, 5, 12, 7, 5, 11, 12, 14, 15, 14, 15, 9, 8, 9, 14, 5, 6, 8, 6,
  5, 12, 9, 15, 5, 11, 6, 8, 13, 12, 5, 12, 13, 14, 11, 8, 5, 6,
]);
const rightTurns: usize = memory.data<u8>([
  8, 9, 9, 11, 13, 15, 15, 5, 7, 7, 8, 11, 14, 14, 12, 6, 9, 13, 15, 7, 12, 8, 9, 11, 7, 7, 12, 7, 6, 15, 13,
  11, 9, 7, 15, 11, 8, 6, 6, 14, 12, 13, 5, 14, 13, 13, 7, 5, 15, 5, 8, 11, 14, 14, 6, 14, 6, 9, 12, 9, 12, 5,
  15, 8, 8, 5, 12, 9, 12, 5, 14, 6, 8, 13, 6, 5, 15, 13, 11, 11,
]);
const leftConstants: StaticArray<u32> = [0, 0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xa953fd4e];
const rightConstants: StaticArray<u32> = [0x50a28be6, 0x5c4dd124, 0x6d703ef3, 0x7a6d76e9, 0];

function mix(which: i32, x: u32, y: u32, z: u32): u32 {
  switch (which) {
    case 0:
      return x ^ y ^ z;
    case 1:
      return (x & y) | (~x & z);
    case 2:
      return (x | ~y) ^ z;
    case 3:
      return (x & z) | (y & ~z);
    default:
      return x ^ (y | ~z);
  }
}

function line(
  block: usize,
  to: usize,
  words: usize,
  turns: usize,
  constants: StaticArray<u32>,
  turned: i32,
): void {
  let a: u32 = load<u32>(state);
  let b: u32 = load<u32>(state, 4);
  let c: u32 = load<u32>(state, 8);
  let d: u32 = load<u32>(state, 12);
  let e: u32 = load<u32>(state, 16);
  for (let j: i32 = 0; j < 80; j++) {
    const round: i32 = j >> 4;
    const word: u32 = load<u32>(block + ((<usize>load<u8>(words + j)) << 2));
    const t: u32 =
      rotl(
        a + mix(turned ? 4 - round : round, b, c, d) + word + unchecked(constants[round]),
        load<u8>(turns + j),
      ) + e;
    a = e;
    e = d;
    d = rotl(c, 10);
    c = b;
    b = t;
  }
  store<u32>(to, a);
  store<u32>(to, b, 4);
  store<u32>(to, c, 8);
  store<u32>(to, d, 12);
  store<u32>(to, e, 16);
}

const one: usize = 1248; // u32[5]
const two: usize = 1280; // u32[5]

function take(block: usize): void {
  line(block, one, leftWords, leftTurns, leftConstants, 0);
  line(block, two, rightWords, rightTurns, rightConstants, 1);
  const first: u32 = load<u32>(state, 4) + load<u32>(one, 8) + load<u32>(two, 12);
  store<u32>(state, load<u32>(state, 8) + load<u32>(one, 12) + load<u32>(two, 16), 4);
  store<u32>(state, load<u32>(state, 12) + load<u32>(one, 16) + load<u32>(two), 8);
  store<u32>(state, load<u32>(state, 16) + load<u32>(one) + load<u32>(two, 4), 12);
  store<u32>(state, load<u32>(state) + load<u32>(one, 4) + load<u32>(two, 8), 16);
  store<u32>(state, first);
}

function digest(length: i32): void {
  store<u32>(state, 0x67452301);
  store<u32>(state, 0xefcdab89, 4);
  store<u32>(state, 0x98badcfe, 8);
  store<u32>(state, 0x10325476, 12);
  store<u32>(state, 0xc3d2e1f0, 16);
  const blocks: i32 = (length + 72) >> 6;
  memory.fill(message + length, 0, (blocks << 6) - length);
  store<u8>(message + length, 0x80);
  store<u32>(message + (blocks << 6) - 8, length << 3);
  for (let b: i32 = 0; b < blocks; b++) take(message + (b << 6));
}

export function run(n: i32): i32 {
  let s: u32 = 160;
  let h: i32 = 0;
  memory.fill(state, 0, 20);
  for (let k: i32 = 0; k < n; k++) {
    const length: i32 = 57 + ((k * 29) % 56);
    for (let i: i32 = 20; i < length; i++) {
      s = s * 1664525 + 1013904223;
      store<u8>(message + i, <u8>(s >> 24));
    }
    memory.copy(message, state, 20);
    digest(length);
    for (let i: i32 = 0; i < 20; i += 4) h = h * 31 + load<i32>(state + i);
  }
  return h;
}

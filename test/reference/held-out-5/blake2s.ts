// BLAKE2s of a message of 150 bytes: state and schedule in memory, the order of words from a table of bytes, ten rounds of eight mixes.
const IV: StaticArray<u32> = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];
const SIGMA: StaticArray<u8> = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3, 11,
  8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4, 7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8, 9, 0, 5,
  7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13, 2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9, 12, 5, 1, 15,
  14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11, 13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10, 6, 15, 14, 9, 11,
  3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5, 10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0,
];
const hash = changetype<StaticArray<u32>>(memory.data(8 * 4, 8));
const v = changetype<StaticArray<u32>>(memory.data(16 * 4, 8));
const m = changetype<StaticArray<u32>>(memory.data(16 * 4, 8));
const message = changetype<StaticArray<u8>>(memory.data(192, 8));

function mix(a: i32, b: i32, c: i32, d: i32, x: u32, y: u32): void {
  let p = unchecked(v[a]);
  let q = unchecked(v[b]);
  let r = unchecked(v[c]);
  let s = unchecked(v[d]);
  p += q + x;
  s = rotr(s ^ p, 16);
  r += s;
  q = rotr(q ^ r, 12);
  p += q + y;
  s = rotr(s ^ p, 8);
  r += s;
  q = rotr(q ^ r, 7);
  unchecked((v[a] = p));
  unchecked((v[b] = q));
  unchecked((v[c] = r));
  unchecked((v[d] = s));
}

function word(round: i32, at: i32): u32 {
  return unchecked(m[unchecked(SIGMA[round * 16 + at])]);
}

function compress(from: i32, count: u32, last: bool): void {
  for (let i = 0; i < 16; i++) unchecked((m[i] = load<u32>(changetype<usize>(message) + <usize>(from + i * 4))));
  for (let i = 0; i < 8; i++) {
    unchecked((v[i] = hash[i]));
    unchecked((v[i + 8] = IV[i]));
  }
  unchecked((v[12] ^= count));
  if (last) unchecked((v[14] = ~v[14]));
  for (let r = 0; r < 10; r++) {
    for (let i = 0; i < 4; i++) mix(i, i + 4, i + 8, i + 12, word(r, i * 2), word(r, i * 2 + 1));
    for (let i = 0; i < 4; i++)
      mix(i, 4 + ((i + 1) & 3), 8 + ((i + 2) & 3), 12 + ((i + 3) & 3), word(r, i * 2 + 8), word(r, i * 2 + 9));
  }
  for (let i = 0; i < 8; i++) unchecked((hash[i] ^= v[i] ^ v[i + 8]));
}

export function run(n: i32): i32 {
  let out: u32 = 0;
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < 192; i++) unchecked((message[i] = i < 150 ? <u8>(i * 3 + k) : 0));
    for (let i = 0; i < 8; i++) unchecked((hash[i] = IV[i]));
    unchecked((hash[0] ^= 0x01010020));
    compress(0, 64, false);
    compress(64, 128, false);
    compress(128, 150, true);
    out = out * 31 + unchecked(hash[k & 7]);
  }
  return <i32>out;
}

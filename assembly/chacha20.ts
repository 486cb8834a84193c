/** The block function of ChaCha20 (RFC 8439, section 2.3) with a nonce of zeros. TypeScript twin: generator/features/integer/chacha20.ts. */

// @ts-ignore: decorator
@inline
function quarter(s: usize, a: usize, b: usize, c: usize, d: usize): void {
  let x = load<i32>(s + a);
  let y = load<i32>(s + b);
  let z = load<i32>(s + c);
  let w = load<i32>(s + d);
  x += y; w = rotl(w ^ x, 16);
  z += w; y = rotl(y ^ z, 12);
  x += y; w = rotl(w ^ x, 8);
  z += w; y = rotl(y ^ z, 7);
  store<i32>(s + a, x);
  store<i32>(s + b, y);
  store<i32>(s + c, z);
  store<i32>(s + d, w);
}

/** block: i32[16], the key stream's block number `counter`; key: i32[8] */
export function chacha20(key: usize, counter: i32, block: usize): void {
  fill(key, counter, block);
  for (let round = 0; round < 10; round++) {
    quarter(block, 0, 16, 32, 48);
    quarter(block, 4, 20, 36, 52);
    quarter(block, 8, 24, 40, 56);
    quarter(block, 12, 28, 44, 60);
    quarter(block, 0, 20, 40, 60);
    quarter(block, 4, 24, 44, 48);
    quarter(block, 8, 28, 32, 52);
    quarter(block, 12, 16, 36, 56);
  }
  store<i32>(block, load<i32>(block) + 0x61707865);
  store<i32>(block, load<i32>(block, 4) + 0x3320646e, 4);
  store<i32>(block, load<i32>(block, 8) + 0x79622d32, 8);
  store<i32>(block, load<i32>(block, 12) + 0x6b206574, 12);
  for (let word: usize = 0; word < 32; word += 4) {
    store<i32>(block + word, load<i32>(block + word, 16) + load<i32>(key + word), 16);
  }
  store<i32>(block, load<i32>(block, 48) + counter, 48);
}

function fill(key: usize, counter: i32, block: usize): void {
  store<i32>(block, 0x61707865);
  store<i32>(block, 0x3320646e, 4);
  store<i32>(block, 0x79622d32, 8);
  store<i32>(block, 0x6b206574, 12);
  for (let word: usize = 0; word < 32; word += 4) store<i32>(block + word, load<i32>(key + word), 16);
  store<i32>(block, counter, 48);
  store<i32>(block, 0, 52);
  store<i32>(block, 0, 56);
  store<i32>(block, 0, 60);
}

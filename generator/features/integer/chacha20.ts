/** Twin of assembly/chacha20.ts: RFC 8439, section 2.3, with a nonce of zeros. */
const CONSTANTS = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574];

const rotate = (v: number, by: number): number => (v << by) | (v >>> (32 - by));

/** Block number `counter` of the key stream, 16 words. */
export function chacha20(
  key: ArrayLike<number>,
  counter: number,
  nonce: readonly number[] = [0, 0, 0],
): Int32Array {
  const start = Int32Array.from([...CONSTANTS, ...Array.from(key), counter, ...nonce]);
  const s = start.slice();
  const quarter = (a: number, b: number, c: number, d: number) => {
    s[a] += s[b];
    s[d] = rotate(s[d] ^ s[a], 16);
    s[c] += s[d];
    s[b] = rotate(s[b] ^ s[c], 12);
    s[a] += s[b];
    s[d] = rotate(s[d] ^ s[a], 8);
    s[c] += s[d];
    s[b] = rotate(s[b] ^ s[c], 7);
  };
  for (let round = 0; round < 10; round++) {
    quarter(0, 4, 8, 12);
    quarter(1, 5, 9, 13);
    quarter(2, 6, 10, 14);
    quarter(3, 7, 11, 15);
    quarter(0, 5, 10, 15);
    quarter(1, 6, 11, 12);
    quarter(2, 7, 8, 13);
    quarter(3, 4, 9, 14);
  }
  return s.map((v, i) => v + start[i]);
}

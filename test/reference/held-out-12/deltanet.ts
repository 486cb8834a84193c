// A memory that is corrected, not only added to (delta rule): seven tokens, keys, queries and values of eight; what the memory says of a key is taken from the value, the rest times a strength is written along the key; then the query is read; memory of 16 bits in Q10, all it holds fades a little every token.
const TOKENS: i32 = 7;
const D: i32 = 8;

const memory0: usize = 1024; // i16[8 values][8 keys]
const token: usize = 1280; // i8 keys[8], queries[8], values[8]
const output: usize = 1312; // i16[8]

/** The length of a key is kept near one (in 1/64). */
function shorten(at: usize): void {
  let size: i32 = 1;
  for (let i: i32 = 0; i < D; i++) size += abs(<i32>load<i8>(at + i));
  for (let i: i32 = 0; i < D; i++) store<i8>(at + i, <i8>((<i32>load<i8>(at + i) * 110) / size));
}

function read(row: usize, at: usize): i32 {
  let sum: i32 = 0;
  for (let i: i32 = 0; i < D; i++) sum += <i32>load<i16>(row + (i << 1)) * <i32>load<i8>(at + i);
  return sum;
}

function write(row: usize, error: i32): void {
  for (let i: i32 = 0; i < D; i++) {
    const cell: usize = row + (i << 1);
    const old: i32 = load<i16>(cell);
    let v: i32 = old - (old >> 7) + ((error * <i32>load<i8>(token + i) + 64) >> 7);
    if (v > 32767) v = 32767;
    if (v < -32768) v = -32768;
    store<i16>(cell, <i16>v);
  }
}

export function run(n: i32): i32 {
  let s: u32 = 606;
  let h: i32 = 0;
  memory.fill(memory0, 0, 2 * D * D);
  for (let k: i32 = 0; k < n; k++)
    for (let t: i32 = 0; t < TOKENS; t++) {
      for (let i: i32 = 0; i < 3 * D; i++) {
        s = s * 214013 + 2531011;
        store<i8>(token + i, <i8>(s >> 24));
      }
      const strength: i32 = 128 + ((s >> 12) & 127); // in 1/256
      shorten(token);
      shorten(token + D);
      for (let r: i32 = 0; r < D; r++) {
        const row: usize = memory0 + r * D * 2;
        const wanted: i32 = <i32>load<i8>(token + 2 * D + r) << 4;
        const said: i32 = read(row, token) >> 6;
        write(row, ((wanted - said) * strength) >> 8);
        store<i16>(output + (r << 1), <i16>(read(row, token + D) >> 8));
      }
      for (let r: i32 = 0; r < D; r++) h = h * 31 + <i32>load<i16>(output + (r << 1));
    }
  return h;
}

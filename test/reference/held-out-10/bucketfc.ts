// A dense layer with weights of sixteen kinds, each row with a book of its own: inputs are first added up by kind in sixteen buckets, then each bucket is multiplied once; 18 rows of 40 kinds (a byte each), books of 16 bits; the three greatest outputs.
const ROWS: i32 = 18;
const COLUMNS: i32 = 40;

const KINDS: usize = 1024; // u8[18][40]
const BOOKS: usize = 2048; // i16[18][16]
const x: StaticArray<i16> = [
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
];
const y: StaticArray<i32> = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const buckets: StaticArray<i32> = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

function row(r: i32): i32 {
  for (let b: i32 = 0; b < 16; b++) unchecked((buckets[b] = 0));
  const first: i32 = r * COLUMNS;
  for (let j: i32 = 0; j < COLUMNS; j++) {
    const kind: i32 = load<u8>(KINDS + first + j);
    unchecked((buckets[kind] += x[j]));
  }
  let sum: i32 = 0;
  for (let b: i32 = 0; b < 16; b++) sum += (unchecked(buckets[b]) >> 2) * <i32>load<i16>(BOOKS + (((r << 4) + b) << 1));
  return sum;
}

export function run(n: i32): i32 {
  let s: u32 = 777;
  for (let i: i32 = 0; i < ROWS * COLUMNS; i++) {
    s = s * 1664525 + 1013904223;
    store<u8>(KINDS + i, <u8>(s >> 28));
  }
  for (let i: i32 = 0; i < ROWS * 16; i++) {
    s = s * 1664525 + 1013904223;
    store<i16>(BOOKS + (i << 1), <i16>(<i32>s >> 19));
  }
  for (let j: i32 = 0; j < COLUMNS; j++) x[j] = 0;
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let j: i32 = 0; j < COLUMNS; j++) {
      s = s * 1664525 + 1013904223;
      x[j] = <i16>((x[j] >> 1) + (<i32>s >> 20));
    }
    for (let r: i32 = 0; r < ROWS; r++) y[r] = row(r) >> 6;
    let a: i32 = -1;
    let b: i32 = -1;
    let c: i32 = -1;
    for (let r: i32 = 0; r < ROWS; r++) {
      const v: i32 = y[r];
      h = h * 31 + v;
      if (a < 0 || v > y[a]) {
        c = b;
        b = a;
        a = r;
      } else if (b < 0 || v > y[b]) {
        c = b;
        b = r;
      } else if (c < 0 || v > y[c]) c = r;
    }
    h ^= (a << 10) | (b << 5) | c;
  }
  return h;
}

// A product of int8 matrices by sums of outer products: 12 by 16 times 16 by 10, for each of the sixteen a column of one and a row of the other, so that every sum lies in memory; elements of the column that a relu left at zero are passed over; the product, scaled to int8, becomes the next columns.
const M: i32 = 12;
const N: i32 = 10;
const DEPTH: i32 = 16;

const left: usize = 1024; // i8[16][12], columns
const right: usize = 1280; // i8[16][10], rows
const sums: usize = 1536; // i32[12][10]

function multiply(): void {
  memory.fill(sums, 0, M * N * 4);
  for (let d: i32 = 0; d < DEPTH; d++) {
    for (let i: i32 = 0; i < M; i++) {
      const a: i32 = load<i8>(left + d * M + i);
      if (a == 0) continue;
      for (let j: i32 = 0; j < N; j++) {
        const at: usize = sums + ((i * N + j) << 2);
        store<i32>(at, load<i32>(at) + a * <i32>load<i8>(right + d * N + j));
      }
    }
  }
}

export function run(n: i32): i32 {
  let s: u32 = 121610;
  for (let i: i32 = 0; i < DEPTH * M; i++) {
    s = s * 69069 + 1;
    store<i8>(left + i, <i8>max((<i32>s) >> 24, 0));
  }
  for (let i: i32 = 0; i < DEPTH * N; i++) {
    s = s * 69069 + 1;
    store<i8>(right + i, <i8>((<i32>s) >> 25));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    multiply();
    for (let d: i32 = 0; d < DEPTH; d++) {
      for (let i: i32 = 0; i < M; i++) {
        s = s * 69069 + 1;
        const sum: i32 = load<i32>(sums + ((i * N + (d % N)) << 2));
        const v: i32 = min(max(((sum * 5) >> 9) + ((<i32>s) >> 26), 0), 127);
        store<i8>(left + d * M + i, <i8>v);
        h = h * 31 + sum;
      }
    }
  }
  return h;
}

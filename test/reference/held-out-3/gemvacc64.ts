// 16-bit weights and inputs, 64-bit accumulators, two columns at a time, saturated to 32 bits.
const rows: u32 = 20;
const columns: u32 = 34;
const weights: usize = 2048;
const input: usize = 1024;
const output: usize = 1200;

let state: u32 = 1;
function random(): i16 {
  state = state * 1103515245 + 12345;
  return <i16>(state >> 15);
}

function saturate(v: i64): i32 {
  if (v > 0x7fffffff) return 0x7fffffff;
  if (v < -0x80000000) return -0x80000000;
  return <i32>v;
}

function multiply(): void {
  let w = weights;
  for (let i: u32 = 0; i < rows; i++) {
    let even: i64 = 1 << 13;
    let odd: i64 = 0;
    let x = input;
    const end = input + columns * 2;
    do {
      even += <i64>(<i32>load<i16>(w) * <i32>load<i16>(x));
      odd += <i64>(<i32>load<i16>(w, 2) * <i32>load<i16>(x, 2));
      w += 4;
      x += 4;
    } while (x < end);
    store<i32>(output + (i << 2), saturate((even + odd) >> 4));
  }
}

export function run(n: i32): i32 {
  state = 99;
  for (let i: u32 = 0; i < rows * columns; i++) store<i16>(weights + (i << 1), random());
  for (let i: u32 = 0; i < columns; i++) store<i16>(input + (i << 1), random());
  let hash: i32 = 0;
  for (let k = 0; k < n; k++) {
    store<i16>(input, <i16>k);
    multiply();
    for (let i: u32 = 0; i < rows; i++) hash = (hash << 5) - hash + load<i32>(output + (i << 2));
  }
  return hash;
}

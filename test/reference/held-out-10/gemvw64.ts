// A dense layer whose int8 weights come eight at a time as one word of 64 bits from memory with waits: both halves are taken apart by shifts; 22 rows of 48, inputs of 16 bits, products of a row in 64 bits scaled by a number of 31 bits with rounding; the layer's answer moves the input.
const ROWS: i32 = 22;
const WORDS: i32 = 6;
const X: usize = 1024; // i16[48]
const Y: usize = 1152; // i16[22]
const SCALE: usize = 1216; // i32[22]
const WEIGHTS: usize = 2048; // i64[22][6]

export function run(n: i32): i32 {
  let s: u32 = 424243;
  for (let i: i32 = 0; i < ROWS * WORDS; i++) {
    s = s * 1664525 + 1013904223;
    const high: u64 = s;
    s = s * 1664525 + 1013904223;
    store<u64>(WEIGHTS + (i << 3), (high << 32) | s);
  }
  for (let r: i32 = 0; r < ROWS; r++) {
    s = s * 1664525 + 1013904223;
    store<i32>(SCALE + (r << 2), 20000000 + <i32>(s >> 9));
  }
  for (let j: i32 = 0; j < WORDS * 8; j++) {
    s = s * 1664525 + 1013904223;
    store<i16>(X + (j << 1), <i16>(<i32>s >> 18));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    let w: usize = WEIGHTS;
    for (let r: i32 = 0; r < ROWS; r++) {
      let sum: i32 = 0;
      let x: usize = X;
      for (let j: i32 = 0; j < WORDS; j++) {
        const eight: i64 = load<i64>(w);
        const low: i32 = <i32>eight;
        const high: i32 = <i32>(eight >> 32);
        sum += ((low << 24) >> 24) * <i32>load<i16>(x);
        sum += ((low << 16) >> 24) * <i32>load<i16>(x, 2);
        sum += ((low << 8) >> 24) * <i32>load<i16>(x, 4);
        sum += (low >> 24) * <i32>load<i16>(x, 6);
        sum += ((high << 24) >> 24) * <i32>load<i16>(x, 8);
        sum += ((high << 16) >> 24) * <i32>load<i16>(x, 10);
        sum += ((high << 8) >> 24) * <i32>load<i16>(x, 12);
        sum += (high >> 24) * <i32>load<i16>(x, 14);
        w += 8;
        x += 16;
      }
      const scaled: i64 = (<i64>sum * <i64>load<i32>(SCALE + (r << 2)) + 0x40000000) >> 31;
      const y: i32 = <i32>max<i64>(-32768, min<i64>(32767, scaled));
      store<i16>(Y + (r << 1), <i16>y);
      h = h * 31 + y;
    }
    // the next frame: what is shown moves on by one, the newest comes from the answer
    memory.copy(X, X + 2, WORDS * 16 - 2);
    s = s * 1664525 + 1013904223;
    store<i16>(X + WORDS * 16 - 2, <i16>((<i32>s >> 18) + (<i32>load<i16>(Y + ((k % ROWS) << 1)) >> 3)));
  }
  return h;
}

// A loudspeaker that bends, straightened by a filter of second order (Volterra): nine taps, and 45 products of two of them (the newest sample first, a triangle of coefficients in Q14); 32 samples an iteration, the newest at the front of a history that wraps twice around (each sample written at two places).
const TAPS: i32 = 9;
const BLOCK: i32 = 32;
const history: usize = 1024; // i16[18]
const linear: usize = 1088; // i16[9]
const square: usize = 1120; // i16[45]
const output: usize = 1216; // i16[32]

export function run(n: i32): i32 {
  let s: u32 = 46;
  for (let i: i32 = 0; i < TAPS; i++) {
    s = s * 1664525 + 1013904223;
    store<i16>(linear + (i << 1), <i16>(((<i32>s) >> 17) / (i + 1)));
  }
  for (let i: i32 = 0; i < (TAPS * (TAPS + 1)) / 2; i++) {
    s = s * 1664525 + 1013904223;
    store<i16>(square + (i << 1), <i16>((<i32>s) >> 19));
  }
  memory.fill(history, 0, TAPS * 4);
  let at: i32 = 0;
  let x: i32 = 0;
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let t: i32 = 0; t < BLOCK; t++) {
      s = s * 1664525 + 1013904223;
      x = x - (x >> 2) + ((<i32>s) >> 19);
      at = at == 0 ? TAPS - 1 : at - 1;
      store<i16>(history + (at << 1), <i16>x);
      store<i16>(history + ((at + TAPS) << 1), <i16>x);
      const newest: usize = history + (at << 1);
      let first: i32 = 0;
      for (let i: i32 = 0; i < TAPS; i++)
        first += <i32>load<i16>(linear + (i << 1)) * <i32>load<i16>(newest + (i << 1));
      let second: i64 = 0;
      let c: usize = square;
      for (let i: i32 = 0; i < TAPS; i++) {
        let inner: i32 = 0;
        for (let j: i32 = i; j < TAPS; j++) {
          inner += <i32>load<i16>(c) * <i32>load<i16>(newest + (j << 1));
          c += 2;
        }
        second += <i64>(inner >> 4) * <i64>load<i16>(newest + (i << 1));
      }
      let y: i32 = (first >> 14) + <i32>(second >> 23);
      y = max(-32768, min(32767, y));
      store<i16>(output + (t << 1), <i16>y);
    }
    for (let t: i32 = 0; t < BLOCK; t++) h = h * 31 + load<i16>(output + (t << 1));
  }
  return h;
}

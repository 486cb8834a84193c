// Depthwise 3x3 over a 10 x 10 map of three channels, nine taps written out, then a 1x1 convolution to five channels.
const side: i32 = 10;
const inner: i32 = 8;
const map: usize = 1024; // channel first, u8
const middle: usize = 2048; // inner * inner * 3, channel last, u8
const kernels: usize = 3000;
const mixer: usize = 3100;
const out: usize = 4096;

function begin(): void {
  let s: i32 = 7;
  for (let i = 0; i < 3 * side * side; i++) {
    s = (s * 75 + 74) % 65537;
    store<u8>(map + i, <u8>s);
  }
  for (let i = 0; i < 27; i++) store<i8>(kernels + i, <i8>(i * 13 - 60));
  for (let i = 0; i < 15; i++) store<i8>(mixer + i, <i8>(50 - i * 9));
}

function clip(x: i32): u8 {
  return <u8>(x < 0 ? 0 : x > 255 ? 255 : x);
}

function depthwise(): void {
  for (let ch = 0; ch < 3; ch++) {
    const kw = kernels + ch * 9;
    for (let r = 0; r < inner; r++)
      for (let c = 0; c < inner; c++) {
        const p = map + ch * 100 + r * 10 + c;
        const a =
          <i32>load<u8>(p) * <i32>load<i8>(kw) +
          <i32>load<u8>(p, 1) * <i32>load<i8>(kw, 1) +
          <i32>load<u8>(p, 2) * <i32>load<i8>(kw, 2) +
          <i32>load<u8>(p, 10) * <i32>load<i8>(kw, 3) +
          <i32>load<u8>(p, 11) * <i32>load<i8>(kw, 4) +
          <i32>load<u8>(p, 12) * <i32>load<i8>(kw, 5) +
          <i32>load<u8>(p, 20) * <i32>load<i8>(kw, 6) +
          <i32>load<u8>(p, 21) * <i32>load<i8>(kw, 7) +
          <i32>load<u8>(p, 22) * <i32>load<i8>(kw, 8);
        store<u8>(middle + (r * inner + c) * 3 + ch, clip((a >> 6) + 100));
      }
  }
}

function pointwise(): i32 {
  let digest = 0;
  for (let px = 0; px < inner * inner; px++) {
    const m = middle + px * 3;
    for (let o = 0; o < 5; o++) {
      let a = 500;
      for (let i = 0; i < 3; i++) a += <i32>load<u8>(m + i) * <i32>load<i8>(mixer + o * 3 + i);
      const v = clip(a >> 5);
      store<u8>(out + px * 5 + o, v);
      digest += v;
    }
  }
  return digest;
}

export function run(n: i32): i32 {
  begin();
  let r = 0;
  for (let i = 0; i < n; i++) {
    store<u8>(map + 44, <u8>i);
    depthwise();
    r += pointwise() << (i & 3);
  }
  return r;
}

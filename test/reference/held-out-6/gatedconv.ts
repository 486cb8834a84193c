// Three blocks of a causal network with gates, dilations 1, 2 and 4: the tanh of one convolution times the sigmoid of another, two taps each, tables of 256; residual in place from the last sample to the first, skips summed; int8.
const CHANNELS: i32 = 6;
const TIME: i32 = 24;
const BLOCKS: i32 = 3;
const FILTER: usize = 1024; // i8[BLOCKS][CHANNELS][2][CHANNELS]
const GATE: usize = 1536;
const MIX: usize = 2048; // i8[BLOCKS][CHANNELS][CHANNELS]
const TANH: usize = 2304; // i8[256], by argument + 128
const SIGMOID: usize = 2560; // u8[256]
const ZEROS: usize = 2816;
const X: usize = 3072; // i8[TIME][CHANNELS]
const SKIP: usize = 3584; // i32[CHANNELS]
const Z: usize = 3712; // i8[CHANNELS]

// @ts-ignore: decorator
@inline
function clamp8(v: i32): i32 {
  return v < -128 ? -128 : v > 127 ? 127 : v;
}

function prepare(): void {
  let s: u32 = 90210;
  for (let p: usize = FILTER; p < TANH; p++) {
    s = s * 1664525 + 1013904223;
    store<i8>(p, <i8>((<i32>s) >> 25));
  }
  for (let i: i32 = -128; i < 128; i++) {
    const t: i32 = (i * 160) / ((i < 0 ? -i : i) + 34);
    store<i8>(TANH + <usize>(i + 128), <i8>clamp8(t));
    store<u8>(SIGMOID + <usize>(i + 128), <u8>(128 + t / 2));
  }
  for (let j: usize = 0; j < <usize>CHANNELS; j++) store<i8>(ZEROS + j, 0);
}

function block(b: i32, dilation: i32): void {
  for (let t: i32 = TIME - 1; t >= 0; t--) {
    const now: usize = X + <usize>(t * CHANNELS);
    const past: usize = t >= dilation ? now - <usize>(dilation * CHANNELS) : ZEROS;
    let w: usize = FILTER + <usize>(b * 2 * CHANNELS * CHANNELS);
    let v: usize = GATE + <usize>(b * 2 * CHANNELS * CHANNELS);
    for (let c: usize = 0; c < <usize>CHANNELS; c++) {
      let f: i32 = 0;
      let g: i32 = 0;
      for (let j: usize = 0; j < <usize>CHANNELS; j++) {
        const p: i32 = <i32>load<i8>(past + j);
        const q: i32 = <i32>load<i8>(now + j);
        f += <i32>load<i8>(w + j) * p + <i32>load<i8>(w + j + CHANNELS) * q;
        g += <i32>load<i8>(v + j) * p + <i32>load<i8>(v + j + CHANNELS) * q;
      }
      w += 2 * CHANNELS;
      v += 2 * CHANNELS;
      const a: i32 = <i32>load<i8>(TANH + <usize>(clamp8(f >> 7) + 128));
      const z: i32 = a * <i32>load<u8>(SIGMOID + <usize>(clamp8(g >> 7) + 128));
      store<i8>(Z + c, <i8>(z >> 8));
    }
    let m: usize = MIX + <usize>(b * CHANNELS * CHANNELS);
    for (let c: usize = 0; c < <usize>CHANNELS; c++) {
      let s: i32 = 0;
      for (let j: usize = 0; j < <usize>CHANNELS; j++) s += <i32>load<i8>(m++) * <i32>load<i8>(Z + j);
      store<i32>(SKIP + (c << 2), load<i32>(SKIP + (c << 2)) + (s >> 3));
      store<i8>(now + c, <i8>clamp8(<i32>load<i8>(now + c) + ((s + 32) >> 6)));
    }
  }
}

export function run(n: i32): i32 {
  prepare();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < TIME * CHANNELS; i++) store<i8>(X + <usize>i, <i8>((i * i * 3 + i * (k + 5) * 7) >> 2));
    for (let c: usize = 0; c < <usize>CHANNELS; c++) store<i32>(SKIP + (c << 2), 0);
    for (let b: i32 = 0; b < BLOCKS; b++) block(b, 1 << b);
    for (let c: usize = 0; c < <usize>CHANNELS; c++) h = rotl(h, 7) + load<i32>(SKIP + (c << 2));
    h ^= <i32>load<i8>(X + <usize>(TIME * CHANNELS - 1));
  }
  return h;
}

// A quasi-recurrent layer in both directions: candidates, forget and output gates of all times first, by convolutions of two taps, then the pooling channel by channel along time, forwards and backwards; int8 inputs, gates of 8 bits, states of 24 bits.
const TIME: i32 = 20;
const INPUTS: i32 = 4;
const CHANNELS: i32 = 6;
const WEIGHTS: usize = 1024; // i8[2][3][CHANNELS][2][INPUTS]
const X: usize = 2048; // i8[TIME + 2][INPUTS], a row of zeros at either end
const Z: usize = 2560; // i8[TIME][CHANNELS]
const F: usize = 2816; // u8[TIME][CHANNELS]
const O: usize = 3072; // u8[TIME][CHANNELS]
const Y: usize = 4096; // i16[TIME][2][CHANNELS]

// @ts-ignore: decorator
@inline
function hard(v: i32): i32 {
  const g: i32 = (v >> 6) + 128;
  return g < 0 ? 0 : g > 255 ? 255 : g;
}

function gates(direction: i32): void {
  const step: i32 = direction ? 1 : -1;
  for (let t: i32 = 0; t < TIME; t++) {
    const now: usize = X + <usize>((t + 1) * INPUTS);
    const past: usize = X + <usize>((t + 1 + step) * INPUTS);
    for (let c: i32 = 0; c < CHANNELS; c++) {
      let w: usize = WEIGHTS + <usize>((direction * 3 * CHANNELS + c) * 2 * INPUTS);
      let z: i32 = 0;
      let f: i32 = 0;
      let o: i32 = 0;
      for (let j: usize = 0; j < <usize>INPUTS; j++) {
        const p: i32 = <i32>load<i8>(past + j);
        const q: i32 = <i32>load<i8>(now + j);
        z += <i32>load<i8>(w + j) * p + <i32>load<i8>(w + j, INPUTS) * q;
        f += <i32>load<i8>(w + j, CHANNELS * 2 * INPUTS) * p + <i32>load<i8>(w + j, CHANNELS * 2 * INPUTS + INPUTS) * q;
        o += <i32>load<i8>(w + j, CHANNELS * 4 * INPUTS) * p + <i32>load<i8>(w + j, CHANNELS * 4 * INPUTS + INPUTS) * q;
      }
      const at: usize = <usize>(t * CHANNELS + c);
      const v: i32 = z >> 7;
      store<i8>(Z + at, <i8>(v > 127 ? 127 : v < -127 ? -127 : v));
      store<u8>(F + at, <u8>hard(f));
      store<u8>(O + at, <u8>hard(o));
    }
  }
}

function pool(direction: i32): void {
  for (let c: i32 = 0; c < CHANNELS; c++) {
    let state: i32 = 0;
    let at: usize = <usize>(direction ? (TIME - 1) * CHANNELS + c : c);
    let to: usize = Y + <usize>((direction ? (TIME - 1) * 2 * CHANNELS + CHANNELS + c : c) << 1);
    for (let t: i32 = TIME; t > 0; t--) {
      const f: i32 = <i32>load<u8>(F + at);
      state = (f * state + (256 - f) * (<i32>load<i8>(Z + at) << 8)) >> 8;
      store<i16>(to, <i16>((<i32>load<u8>(O + at) * state) >> 8));
      at = direction ? at - CHANNELS : at + CHANNELS;
      to = direction ? to - 4 * CHANNELS : to + 4 * CHANNELS;
    }
  }
}

export function run(n: i32): i32 {
  let s: u32 = 86028121;
  for (let i: usize = 0; i < 2 * 3 * CHANNELS * 2 * INPUTS; i++) {
    s ^= s << 13;
    s ^= s >> 17;
    s ^= s << 5;
    store<i8>(WEIGHTS + i, <i8>s);
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < TIME * INPUTS; i++) store<i8>(X + <usize>(INPUTS + i), <i8>((i * (i + k) * 11) >> 2));
    for (let d: i32 = 0; d < 2; d++) {
      gates(d);
      pool(d);
    }
    for (let p: usize = Y; p < Y + <usize>(TIME * 4 * CHANNELS); p += 4) h = h * 33 + load<i32>(p);
  }
  return h;
}

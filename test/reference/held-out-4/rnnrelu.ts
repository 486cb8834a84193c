// Relu RNN over a window: int8 weights, int8 state, two state vectors that change places after each step.
const H: i32 = 32;
const I: i32 = 6;
const T: i32 = 6;
const WX: usize = 1024; // int8[32][6]
const WH: usize = 2048; // int8[32][32]
const B: usize = 4096; // int32[32]
const S0: usize = 4352;
const S1: usize = 4416;
const SEQ: usize = 4480; // int8[6][6]

function fill(): void {
  let s: u32 = 4242;
  for (let i: usize = 0; i < <usize>(H * I); i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(WX + i, <i8>(s >> 24));
  }
  for (let i: usize = 0; i < <usize>(H * H); i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(WH + i, <i8>((<i32>s) >> 26));
  }
  for (let i: usize = 0; i < <usize>H; i++) {
    s = s * 1664525 + 1013904223;
    store<i32>(B + (i << 2), (<i32>s) >> 21);
  }
}

function sequence(k: i32): i32 {
  let old: usize = S0;
  let next: usize = S1;
  for (let i: usize = 0; i < <usize>H; i++) store<i8>(old + i, 0);
  for (let t: i32 = 0; t < T; t++) {
    const x: usize = SEQ + <usize>(t * I);
    for (let r: i32 = 0; r < H; r++) {
      let acc: i32 = load<i32>(B + ((<usize>r) << 2));
      const wx: usize = WX + <usize>(r * I);
      for (let j: usize = 0; j < <usize>I; j++) acc += <i32>load<i8>(wx + j) * <i32>load<i8>(x + j);
      const wh: usize = WH + <usize>(r * H);
      for (let j: usize = 0; j < <usize>H; j++) acc += <i32>load<i8>(wh + j) * <i32>load<i8>(old + j);
      acc = (acc + 64) >> 7;
      acc = acc < 0 ? 0 : acc;
      acc = acc > 127 ? 127 : acc;
      store<i8>(next + <usize>r, <i8>acc);
    }
    const swap: usize = old;
    old = next;
    next = swap;
  }
  let h: i32 = k;
  for (let i: usize = 0; i < <usize>H; i++) h = h * 7 + <i32>load<i8>(old + i);
  return h;
}

export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < T * I; i++) store<i8>(SEQ + <usize>i, <i8>((k * 29 + i * 53) >> 1));
    h = h * 31 + sequence(k);
  }
  return h;
}

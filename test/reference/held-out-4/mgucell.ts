// Minimal gated unit: forget gate first for all units (a rational sigmoid with a division), then the candidate on the gated state.
const UNITS: i32 = 20;
const WF: usize = 2048; // int16[20][24]
const WC: usize = 8192;
const STATE: usize = 1024; // int16[20]
const GATED: usize = 1088;
const FORGET: usize = 1152;
const X: usize = 1216; // int16[4]

function fill(): void {
  let s: u32 = 60601;
  for (let i: usize = 0; i < 20 * 24; i++) {
    s = s * 1664525 + 1013904223;
    store<i16>(WF + i * 2, <i16>((<i32>s) >> 19));
    s = s * 1664525 + 1013904223;
    store<i16>(WC + i * 2, <i16>((<i32>s) >> 19));
  }
  for (let i: usize = 0; i < 20; i++) store<i16>(STATE + i * 2, 0);
}

function row(w: usize, state: usize): i32 {
  let acc: i32 = 1 << 10;
  for (let j: usize = 0; j < 8; j += 2) acc += <i32>load<i16>(w + j) * <i32>load<i16>(X + j);
  w += 8;
  let j: usize = 0;
  do {
    acc += (<i32>load<i16>(w + j) * <i32>load<i16>(state + j)) >> 2;
    j += 2;
  } while (j < 40);
  return acc >> 9;
}

function step(): void {
  for (let u: i32 = 0; u < UNITS; u++) {
    const a: i32 = row(WF + <usize>(u * 48), STATE);
    const f: i32 = 16384 + (a << 14) / (2 * (a < 0 ? 4096 - a : 4096 + a));
    store<i16>(FORGET + ((<usize>u) << 1), <i16>f);
    store<i16>(GATED + ((<usize>u) << 1), <i16>((f * <i32>load<i16>(STATE + ((<usize>u) << 1))) >> 15));
  }
  for (let u: i32 = 0; u < UNITS; u++) {
    const a: i32 = row(WC + <usize>(u * 48), GATED);
    const c: i32 = (a << 13) / (a < 0 ? 8192 - a : 8192 + a);
    const f: i32 = <i32>load<i16>(FORGET + ((<usize>u) << 1));
    const p: usize = STATE + ((<usize>u) << 1);
    store<i16>(p, <i16>(((32768 - f) * <i32>load<i16>(p) + f * c) >> 15));
  }
}

export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < 4; i++)
      store<i16>(X + ((<usize>i) << 1), <i16>(((k * 29 + i * 53) & 1023) - 512));
    step();
    h = h * 31 + <i32>load<i16>(STATE + ((<usize>(k % 20)) << 1));
  }
  return h;
}

// A GRU step in Q15 with interpolated tables of the sigmoid and the hyperbolic tangent.
const HIDDEN: i32 = 16;
const INPUTS: i32 = 3;
const ROW: i32 = 20; // INPUTS + HIDDEN + 1, int8
const WEIGHTS: usize = 4096;
const STATE: usize = 512;
const NEXT: usize = 640;
const SAMPLE: usize = 768;
const SIGMOID: usize = 1024; // 65 of int16
const TANH: usize = 1280;

function init(): void {
  for (let i = 0; i <= 64; i++) {
    const x = i - 32;
    store<i16>(SIGMOID + (<usize>i << 1), <i16>(16384 + (x * 16000) / (8 + (x < 0 ? -x : x))));
    store<i16>(TANH + (<usize>i << 1), <i16>((x * 32000) / (5 + (x < 0 ? -x : x))));
  }
  for (let i = 0; i < 3 * HIDDEN * ROW; i++) store<i8>(WEIGHTS + <usize>i, <i8>((i * 73) ^ (i >> 3)));
  for (let i = 0; i < HIDDEN; i++) store<i16>(STATE + (<usize>i << 1), <i16>(i * 700 - 4000));
}

function lookup(table: usize, x: i32): i32 {
  let v = x + 32768;
  if (v < 0) v = 0;
  if (v > 65535) v = 65535;
  const at = table + (<usize>(v >> 10) << 1);
  const a: i32 = load<i16>(at);
  const b: i32 = load<i16>(at, 2);
  return a + (((b - a) * (v & 1023)) >> 10);
}

function fromInputs(w: usize): i32 {
  return (
    <i32>load<i8>(w) * <i32>load<i16>(SAMPLE) +
    <i32>load<i8>(w, 1) * <i32>load<i16>(SAMPLE, 2) +
    <i32>load<i8>(w, 2) * <i32>load<i16>(SAMPLE, 4) +
    (<i32>load<i8>(w, 3) << 8)
  );
}

function fromState(w: usize): i32 {
  let sum: i32 = 0;
  for (let j = 0; j < HIDDEN; j++) sum += <i32>load<i8>(w + 4 + j) * <i32>load<i16>(STATE + (<usize>j << 1));
  return sum;
}

function step(): void {
  let w = WEIGHTS;
  for (let u = 0; u < HIDDEN; u++) {
    const update = lookup(SIGMOID, (fromInputs(w) + fromState(w)) >> 7);
    const reset = lookup(SIGMOID, (fromInputs(w + ROW) + fromState(w + ROW)) >> 7);
    const gated = <i32>((<i64>fromState(w + 2 * ROW) * <i64>reset) >> 15);
    const candidate = lookup(TANH, (fromInputs(w + 2 * ROW) + gated) >> 7);
    const old: i32 = load<i16>(STATE + (<usize>u << 1));
    store<i16>(NEXT + (<usize>u << 1), <i16>((update * old + (32767 - update) * candidate) >> 15));
    w += 3 * ROW;
  }
  for (let u = 0; u < HIDDEN; u += 2) store<i32>(STATE + (<usize>u << 1), load<i32>(NEXT + (<usize>u << 1)));
}

export function run(n: i32): i32 {
  init();
  for (let t = 0; t < n; t++) {
    store<i16>(SAMPLE, <i16>(t * 321));
    store<i16>(SAMPLE, <i16>(1000 - t * 77), 2);
    store<i16>(SAMPLE, <i16>(t << 9), 4);
    step();
  }
  let digest: i32 = 0;
  for (let u = 0; u < HIDDEN; u++) digest = digest * 17 + load<i16>(STATE + (<usize>u << 1));
  return digest;
}

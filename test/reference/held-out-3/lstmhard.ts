// LSTM with hard activations; gates first into a buffer, then the cells; 32-bit cell state.
const N: u32 = 14;
const M: u32 = 6;
const wx: usize = 8192;
const wh: usize = 12288;
const gates: usize = 1024;
const h: usize = 2048;
const c: usize = 2304;
const x: usize = 2560;

function setup(): void {
  let s: u32 = 4711;
  for (let i: u32 = 0; i < 4 * N * M; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(wx + i, <i8>(s >> 24));
  }
  for (let i: u32 = 0; i < 4 * N * N; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(wh + i, <i8>(s >> 24));
  }
  for (let i: u32 = 0; i < N; i++) {
    store<i16>(h + i * 2, 0);
    store<i32>(c + i * 4, 0);
  }
}

@inline
function hardSigmoid(v: i32): i32 {
  v = (v >> 2) + 8192;
  return min(max(v, 0), 16384);
}

@inline
function hardTanh(v: i32): i32 {
  return min(max(v, -16384), 16384);
}

function gatesOf(): void {
  for (let g: u32 = 0; g < 4 * N; g++) {
    let a: i32 = 64;
    const rx = wx + g * M;
    const rh = wh + g * N;
    for (let i: u32 = 0; i < M; i++) a += i32(load<i8>(rx + i)) * i32(load<i16>(x + 2 * i));
    for (let i: u32 = 0; i < N; i++) a += i32(load<i8>(rh + i)) * i32(load<i16>(h + 2 * i));
    store<i32>(gates + (g << 2), a >> 6);
  }
}

function cells(): void {
  for (let u: u32 = 0; u < N; u++) {
    const at = gates + (u << 2);
    const i = hardSigmoid(load<i32>(at));
    const f = hardSigmoid(load<i32>(at, 4 * 14));
    const g = hardTanh(load<i32>(at, 8 * 14));
    const o = hardSigmoid(load<i32>(at, 12 * 14));
    const next = ((f >> 2) * (load<i32>(c + (u << 2)) >> 2) + i * g) >> 10;
    store<i32>(c + (u << 2), next);
    store<i16>(h + (u << 1), <i16>((o * hardTanh(next)) >> 14));
  }
}

export function run(n: i32): i32 {
  setup();
  let k: i32 = 0;
  while (k < n) {
    for (let i: u32 = 0; i < M; i++) store<i16>(x + 2 * i, <i16>((k + i) * 1213));
    gatesOf();
    cells();
    k++;
  }
  return load<i32>(c) ^ load<i32>(c, 20) ^ load<i32>(h, 8);
}

// Squeeze and excitation over 16 channels of 40 samples: means, two small layers, a hard sigmoid (x + 3) / 6, every channel scaled and rounded to int8.
const CHANNELS: i32 = 16;
const SAMPLES: i32 = 40;
const SQUEEZED: i32 = 4;
const MAP: usize = 8192; // i8[40][16], channels last
const DOWN: usize = 1024; // i8[4][16]
const UP: usize = 1152; // i8[16][4]
const MEAN: usize = 1280; // i16[16]
const MIDDLE: usize = 1344; // i32[4]
const GATE: usize = 1408; // u8[16]

function fill(): void {
  let a: u32 = 1;
  let b: u32 = 1;
  for (let i: usize = 0; i < <usize>(CHANNELS * SAMPLES); i++) {
    const c: u32 = a + b + <u32>i;
    a = b;
    b = c;
    store<i8>(MAP + i, <i8>(c >> 5));
  }
  for (let i: usize = 0; i < 64; i++) {
    store<i8>(DOWN + i, <i8>((i * 29) ^ (i >> 1)));
    store<i8>(UP + i, <i8>((i * 71) ^ 0x2a));
  }
}

function squeeze(): void {
  for (let c: i32 = 0; c < CHANNELS; c++) {
    let p: usize = MAP + <usize>c;
    let sum: i32 = SAMPLES / 2;
    for (let i: i32 = 0; i < SAMPLES; i++) {
      sum += <i32>load<i8>(p);
      p += <usize>CHANNELS;
    }
    store<i16>(MEAN + ((<usize>c) << 1), <i16>((sum * 128) / SAMPLES));
  }
}

function excite(): void {
  for (let r: usize = 0; r < <usize>SQUEEZED; r++) {
    let acc: i32 = 0;
    for (let c: usize = 0; c < <usize>CHANNELS; c += 2) {
      const w: usize = DOWN + r * <usize>CHANNELS + c;
      acc += <i32>load<i8>(w) * <i32>load<i16>(MEAN + (c << 1));
      acc += <i32>load<i8>(w, 1) * <i32>load<i16>(MEAN + (c << 1), 2);
    }
    store<i32>(MIDDLE + (r << 2), acc > 0 ? acc >> 7 : 0);
  }
  for (let c: usize = 0; c < <usize>CHANNELS; c++) {
    const w: usize = UP + (c << 2);
    let acc: i32 =
      <i32>load<i8>(w) * load<i32>(MIDDLE) +
      <i32>load<i8>(w, 1) * load<i32>(MIDDLE, 4) +
      <i32>load<i8>(w, 2) * load<i32>(MIDDLE, 8) +
      <i32>load<i8>(w, 3) * load<i32>(MIDDLE, 12);
    acc = (acc >> 8) + 3 * 128;
    if (acc < 0) acc = 0;
    if (acc > 6 * 128) acc = 6 * 128;
    store<u8>(GATE + c, <u8>((acc * 255) / (6 * 128)));
  }
}

function scale(): void {
  const end: usize = MAP + <usize>(CHANNELS * SAMPLES);
  for (let p: usize = MAP; p < end; p += <usize>CHANNELS)
    for (let c: usize = 0; c < <usize>CHANNELS; c++)
      store<i8>(p + c, <i8>((<i32>load<i8>(p + c) * <i32>load<u8>(GATE + c) + 128) >> 8));
}

export function run(n: i32): i32 {
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    fill();
    store<i8>(MAP + <usize>(k & 63), <i8>(k * 99));
    squeeze();
    excite();
    scale();
    h = h * 7 + <i32>load<i8>(MAP + <usize>((k * 37) % 640)) + <i32>load<u8>(GATE + <usize>(k & 15));
  }
  return h;
}

// Sixteen channels of twelve frames, each value divided by what its neighbours among the channels are like (local response norm): a running sum of five squares, to the power of minus three quarters by a table of 33 places that is made by integer roots, between them by straight lines; saturated to int8.
const FRAMES: i32 = 12;
const CHANNELS: i32 = 16;

const input: usize = 1024; // i8[12][16]
const output: usize = 1280; // i8[12][16]
const power: usize = 1536; // u16[33]

function root(v: u32): u32 {
  let r: u32 = 0;
  let bit: u32 = 1 << 30;
  while (bit > v) bit >>= 2;
  while (bit) {
    if (v >= r + bit) {
      v -= r + bit;
      r = (r >> 1) + bit;
    } else r >>= 1;
    bit >>= 2;
  }
  return r;
}

function makeTable(): void {
  for (let i: u32 = 0; i <= 32; i++) {
    const r: u32 = root((64 + i * 16) << 16);
    store<u16>(power + (i << 1), <u16>((<u32>1 << 31) / (r * root(r << 8))));
  }
}

function normalise(row: usize, out: usize): void {
  let energy: i32 = 0;
  for (let c: i32 = 0; c < 2; c++) {
    const v: i32 = load<i8>(row + c);
    energy += v * v;
  }
  for (let c: i32 = 0; c < CHANNELS; c++) {
    if (c + 2 < CHANNELS) {
      const fresh: i32 = load<i8>(row + c, 2);
      energy += fresh * fresh;
    }
    if (c > 2) {
      const old: i32 = load<i8>(row + c - 3);
      energy -= old * old;
    }
    const place: i32 = min(energy >> 5, 2047);
    const t: usize = power + ((place >> 6) << 1);
    const low: i32 = load<u16>(t);
    const slope: i32 = <i32>load<u16>(t, 2) - low;
    const factor: i32 = low + ((slope * (place & 63)) >> 6);
    const v: i32 = (<i32>load<i8>(row + c) * factor + 256) >> 9;
    store<i8>(out + c, <i8>min(max(v, -128), 127));
  }
}

export function run(n: i32): i32 {
  makeTable();
  let s: u32 = 2012;
  for (let i: i32 = 0; i < FRAMES * CHANNELS; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(input + i, <i8>((<i32>s) >> (24 + (i & 1))));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let t: i32 = 0; t < FRAMES; t++) normalise(input + t * CHANNELS, output + t * CHANNELS);
    for (let i: i32 = 0; i < FRAMES * CHANNELS; i++) {
      s = s * 1664525 + 1013904223;
      const v: i32 = load<i8>(output + i);
      h = h * 31 + v;
      store<i8>(input + i, <i8>(v + ((<i32>s) >> 26)));
    }
  }
  return h;
}

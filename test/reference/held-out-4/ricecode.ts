// Rice codes of differences: written into a bit buffer of 32 bits, the parameter follows the mean, read back and compared.
const IN: usize = 1024; // int16[100]
const CODE: usize = 4096;
const COUNT: i32 = 100;

let out: usize = 0;
let buffer: u32 = 0;
let filled: i32 = 0;

function fill(): void {
  let s: u32 = 71;
  let v: i32 = 0;
  for (let i: i32 = 0; i < COUNT; i++) {
    s = s * 1664525 + 1013904223;
    v += ((<i32>s) >> 25) + (i & 31 ? 0 : 200);
    store<i16>(IN + ((<usize>i) << 1), <i16>v);
  }
}

function put(bits: u32, count: i32): void {
  buffer |= bits << filled;
  filled += count;
  while (filled >= 8) {
    store<u8>(out++, <u8>buffer);
    buffer >>= 8;
    filled -= 8;
  }
}

function encode(): usize {
  out = CODE;
  buffer = 0;
  filled = 0;
  let last: i32 = 0;
  let mean: u32 = 64 << 4;
  for (let i: i32 = 0; i < COUNT; i++) {
    const v: i32 = <i32>load<i16>(IN + ((<usize>i) << 1));
    const d: i32 = v - last;
    last = v;
    const z: u32 = <u32>((d << 1) ^ (d >> 31));
    const k: i32 = 31 - <i32>clz((mean >> 4) | 1);
    let q: u32 = z >> k;
    while (q > 0) {
      put(1, 1);
      q--;
    }
    put(0, 1);
    put(z & ((1 << k) - 1), k);
    mean += z - (mean >> 4);
  }
  put(0, 7);
  return out - CODE;
}

function decode(): i32 {
  let p: usize = CODE;
  let bits: u32 = 0;
  let have: i32 = 0;
  let last: i32 = 0;
  let mean: u32 = 64 << 4;
  for (let i: i32 = 0; i < COUNT; i++) {
    let q: u32 = 0;
    while (true) {
      if (have == 0) {
        bits = <u32>load<u8>(p++);
        have = 8;
      }
      const one: u32 = bits & 1;
      bits >>= 1;
      have--;
      if (!one) break;
      q++;
    }
    const k: i32 = 31 - <i32>clz((mean >> 4) | 1);
    while (have < k) {
      bits |= (<u32>load<u8>(p++)) << have;
      have += 8;
    }
    const z: u32 = (q << k) | (bits & ((1 << k) - 1));
    bits >>= k;
    have -= k;
    last += (<i32>(z >> 1)) ^ -(<i32>(z & 1));
    if (last != <i32>load<i16>(IN + ((<usize>i) << 1))) return i;
    mean += z - (mean >> 4);
  }
  return 1000;
}

export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    store<i16>(IN + ((<usize>((k * 3) % COUNT)) << 1), <i16>(k & 127));
    h = h * 31 + <i32>encode() + decode();
  }
  return h;
}

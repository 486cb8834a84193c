// Samples of 16 bits as differences, signs folded in, seven bits a byte; and back again.
const samples: usize = 1024; // i16
const stream: usize = 2048;
const COUNT: i32 = 100;

function encode(): usize {
  let last: i32 = 0;
  let p = stream;
  for (let i = 0; i < COUNT; i++) {
    const v: i32 = load<i16>(samples + (<usize>i << 1));
    const d = v - last;
    last = v;
    let z: u32 = <u32>((d << 1) ^ (d >> 31));
    while (z > 127) {
      store<u8>(p++, <u8>(z | 128));
      z >>= 7;
    }
    store<u8>(p++, <u8>z);
  }
  return p - stream;
}

function decode(length: usize): i32 {
  let p = stream;
  const end = stream + length;
  let last: i32 = 0;
  let wrong: i32 = 0;
  let at = samples;
  while (p < end) {
    let z: u32 = 0;
    let shift: u32 = 0;
    let b: u32;
    do {
      b = load<u8>(p++);
      z |= (b & 127) << shift;
      shift += 7;
    } while (b & 128);
    last += <i32>(z >> 1) ^ -<i32>(z & 1);
    if (last != <i32>load<i16>(at)) wrong++;
    at += 2;
  }
  return wrong;
}

export function run(n: i32): i32 {
  let r = 0;
  let v: i32 = 0;
  let s: u32 = 99991;
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < COUNT; i++) {
      s = s * 1103515245 + 12345;
      v += <i32>(s >> 24) - 128;
      if ((s & 0xf000) == 0) v = -v << 3;
      store<i16>(samples + (<usize>i << 1), <i16>v);
    }
    const size = encode();
    r = r * 7 + <i32>size + decode(size) * 1000;
  }
  return r;
}

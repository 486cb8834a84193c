// Keys as text that people type: five bytes are one number of 64 bits and eight letters of Crockford's, groups with hyphens, a check letter; read back with the letters that are confused.
const BYTES: usize = 40;
const SECRET: usize = 1024;
const TEXT: usize = 1152;
const BACK: usize = 1280;

let check: u32 = 0;

function letter(v: u32): u8 {
  if (v < 10) return <u8>(48 + v);
  v += 55;
  if (v > 72) v++; // no I
  if (v > 75) v++; // no L
  if (v > 78) v++; // no O
  if (v > 84) v++; // no U
  return <u8>v;
}

function value(c: u32): i32 {
  switch (c) {
    case 0x4f:
    case 0x6f:
      return 0;
    case 0x49:
    case 0x69:
    case 0x4c:
    case 0x6c:
      return 1;
  }
  if (c >= 48 && c <= 57) return c - 48;
  if (c >= 97) c -= 32;
  if (c < 65 || c > 90 || c == 85) return -1;
  let v: i32 = c - 55;
  if (c > 79) v -= 3;
  else if (c > 76) v -= 2;
  else if (c > 73) v -= 1;
  return c > 85 ? v - 1 : v;
}

function encode(): usize {
  let to: usize = TEXT;
  check = 0;
  for (let p: usize = SECRET; p < SECRET + BYTES; p += 5) {
    if (p > SECRET && (p - SECRET) % 10 == 0) store<u8>(to++, 45);
    const group: u64 = bswap<u64>(load<u64>(p)) >> 24;
    for (let shift: i64 = 35; shift >= 0; shift -= 5) {
      const v: u32 = <u32>(group >> shift) & 31;
      check = (check * 32 + v) % 37;
      store<u8>(to++, letter(v));
    }
  }
  store<u8>(to++, letter(check & 31));
  return to;
}

function decode(end: usize): i32 {
  let group: u64 = 0;
  let bits: i32 = 0;
  let to: usize = BACK;
  for (let p: usize = TEXT; p < end - 1; p++) {
    const c: u32 = <u32>load<u8>(p);
    if (c == 45) continue;
    const v: i32 = value(c);
    if (v < 0) return -1;
    group = (group << 5) | <u64>v;
    bits += 5;
    if (bits == 40) {
      for (let shift: u64 = 32; <i64>shift >= 0; shift -= 8) store<u8>(to++, <u8>(group >> shift));
      group = 0;
      bits = 0;
    }
  }
  let same: i32 = 0;
  for (let i: usize = 0; i < BYTES; i++) same += <i32>(load<u8>(SECRET + i) == load<u8>(BACK + i));
  return same;
}

export function run(n: i32): i32 {
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < <i32>BYTES + 8; i++) store<u8>(SECRET + <usize>i, <u8>((i + 7) * (k * 2 + 211) + (i * i)));
    const end: usize = encode();
    if (k & 1) for (let p: usize = TEXT; p < end; p++) if (load<u8>(p) == 48) store<u8>(p, 0x6f);
    h = h * 31 + decode(end) * 64 + <i32>check;
  }
  return h;
}

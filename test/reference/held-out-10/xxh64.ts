// The sum over a firmware's image as it arrives: xxHash of 64 bits, four lanes over stripes of 32 bytes out of a buffer that pieces of uneven length fill, what is left by eight, four and one, then mixed; about 740 bytes in pieces of 5 to 52, the seed is the sum before.
const P1: u64 = 0x9E3779B185EBCA87;
const P2: u64 = 0xC2B2AE3D27D4EB4F;
const P3: u64 = 0x165667B19E3779F9;
const P4: u64 = 0x85EBCA77C2B2AE63;
const P5: u64 = 0x27D4EB2F165667C5;

const IMAGE: usize = 1024; // u8[1024]
const BUFFER: usize = 2048; // u8[32]

let v1: u64 = 0;
let v2: u64 = 0;
let v3: u64 = 0;
let v4: u64 = 0;
let total: u64 = 0;
let held: i32 = 0;
let start: u64 = 0;

function round(lane: u64, word: u64): u64 {
  return rotl<u64>(lane + word * P2, 31) * P1;
}

function merge(sum: u64, lane: u64): u64 {
  return (sum ^ round(0, lane)) * P1 + P4;
}

function reset(seed: u64): void {
  v1 = seed + P1 + P2;
  v2 = seed + P2;
  v3 = seed;
  v4 = seed - P1;
  total = 0;
  held = 0;
  start = seed;
}

function stripe(p: usize): void {
  v1 = round(v1, load<u64>(p));
  v2 = round(v2, load<u64>(p, 8));
  v3 = round(v3, load<u64>(p, 16));
  v4 = round(v4, load<u64>(p, 24));
}

function update(p: usize, length: i32): void {
  total += length;
  if (held + length < 32) {
    memory.copy(BUFFER + held, p, length);
    held += length;
    return;
  }
  if (held) {
    const missing: i32 = 32 - held;
    memory.copy(BUFFER + held, p, missing);
    stripe(BUFFER);
    p += missing;
    length -= missing;
    held = 0;
  }
  while (length >= 32) {
    stripe(p);
    p += 32;
    length -= 32;
  }
  if (length) memory.copy(BUFFER, p, length);
  held = length;
}

function digest(): u64 {
  let h: u64;
  if (total >= 32) {
    h = rotl<u64>(v1, 1) + rotl<u64>(v2, 7) + rotl<u64>(v3, 12) + rotl<u64>(v4, 18);
    h = merge(h, v1);
    h = merge(h, v2);
    h = merge(h, v3);
    h = merge(h, v4);
  } else h = start + P5;
  h += total;
  let p: usize = BUFFER;
  const end: usize = BUFFER + held;
  while (p + 8 <= end) {
    h = rotl<u64>(h ^ round(0, load<u64>(p)), 27) * P1 + P4;
    p += 8;
  }
  if (p + 4 <= end) {
    h = rotl<u64>(h ^ (<u64>load<u32>(p) * P1), 23) * P2 + P3;
    p += 4;
  }
  while (p < end) h = rotl<u64>(h ^ (<u64>load<u8>(p++) * P5), 11) * P1;
  h ^= h >> 33;
  h *= P2;
  h ^= h >> 29;
  h *= P3;
  return h ^ (h >> 32);
}

export function run(n: i32): i32 {
  let s: u32 = 1977;
  let sum: u64 = 0;
  for (let i: i32 = 0; i < 1024; i += 4) {
    s = s * 1664525 + 1013904223;
    store<u32>(IMAGE + i, s ^ (s >> 15));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    reset(sum);
    s = s * 1664525 + 1013904223;
    let at: i32 = s >> 24 & 127;
    const end: i32 = at + 720 + <i32>(s >> 16 & 31);
    while (at < end) {
      s = s * 1664525 + 1013904223;
      const piece: i32 = min(end - at, 5 + <i32>((s >> 16) % 48));
      store<u8>(IMAGE + at, <u8>(s >> 8));
      update(IMAGE + at, piece);
      at += piece;
    }
    sum = digest();
    h = h * 31 + (<i32>sum ^ <i32>(sum >> 32));
    // a short record on its own
    reset(sum);
    update(IMAGE + at, <i32>(sum & 31));
    sum = digest();
    h = h * 31 + <i32>(sum >> 16);
  }
  return h;
}

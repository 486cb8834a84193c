// Settings in flash: records behind each other (mark, key, length, value, sum over all), the newest counts; a sector that is full is left for the next, and what still counts is carried over when the log comes round; bits only fall until a sector is erased; one write of eight breaks off half way.
const SECTOR: i32 = 128;
const SECTORS: i32 = 3;
const FLASH: usize = 1024; // u8[SECTORS][SECTOR]
const VALUE: usize = 1536; // u8[16]
const ERASES: usize = 1568; // i32[SECTORS]
const KEYS: u32 = 6;

let active: i32 = 0;
let end: i32 = 0;

function sector(i: i32): usize {
  return FLASH + i * SECTOR;
}

function erase(i: i32): void {
  memory.fill(sector(i), 0xff, SECTOR);
  store<i32>(ERASES + (i << 2), load<i32>(ERASES + (i << 2)) + 1);
}

function program(at: usize, v: u32): void {
  store<u8>(at, load<u8>(at) & <u8>v);
}

function check(key: u32, length: u32, value: usize): u32 {
  let c: u32 = 0x5a ^ key;
  c = (c << 1) ^ length;
  for (let i: u32 = 0; i < length; i++) {
    c = (c << 1) ^ <u32>load<u8>(value + i);
    if ((c & 256) != 0) c ^= 0x11d;
  }
  return c & 255;
}

/** Appends to the active sector; `limit` bytes are written before the power fails. */
function append(key: u32, length: u32, value: usize, limit: i32): bool {
  if (end + <i32>length + 4 > SECTOR) return false;
  const p: usize = sector(active) + end;
  const sum: u32 = check(key, length, value);
  end += <i32>length + 4;
  for (let i: i32 = 0; i < <i32>length + 4; i++) {
    if (i == limit) return true;
    let byte: u32 = 0;
    switch (i) {
      case 0:
        byte = 0xa5;
        break;
      case 1:
        byte = key;
        break;
      case 2:
        byte = length;
        break;
      case 3:
        byte = sum;
        break;
      default:
        byte = <u32>load<u8>(value + i - 4);
    }
    program(p + i, byte);
  }
  return true;
}

/** Where in a sector the newest sound record of a key lies, or 0. */
function newest(s: i32, key: u32): usize {
  let p: usize = sector(s);
  const last: usize = p + SECTOR;
  let found: usize = 0;
  while (p + 4 <= last && load<u8>(p) == 0xa5) {
    const length: u32 = <u32>load<u8>(p, 2);
    if (p + 4 + length > last) break;
    if (<u32>load<u8>(p, 1) == key && check(key, length, p + 4) == <u32>load<u8>(p, 3)) found = p;
    p += 4 + length;
  }
  return found;
}

function find(key: u32): usize {
  for (let back: i32 = 0; back < SECTORS; back++) {
    const p: usize = newest((active + SECTORS - back) % SECTORS, key);
    if (p != 0) return p;
  }
  return 0;
}

/** The next sector is made free: what counts of it only there goes to the front. */
function advance(): void {
  active = (active + 1) % SECTORS;
  erase(active);
  end = 0;
  const oldest: i32 = (active + 1) % SECTORS;
  for (let key: u32 = 0; key < KEYS; key++) {
    const p: usize = find(key);
    if (p >= sector(oldest) && p < sector(oldest) + SECTOR) append(key, <u32>load<u8>(p, 2), p + 4, -1);
  }
}

function write(key: u32, length: u32, limit: i32): void {
  if (append(key, length, VALUE, limit)) return;
  advance();
  append(key, length, VALUE, limit);
}

export function run(n: i32): i32 {
  let h: i32 = 0;
  let s: u32 = 67;
  memory.fill(ERASES, 0, SECTORS << 2);
  for (let i: i32 = 0; i < SECTORS; i++) erase(i);
  active = 0;
  end = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let q: i32 = 0; q < 14; q++) {
      s = s * 1664525 + 1013904223;
      const length: u32 = 1 + (s >> 28) % 12;
      for (let i: u32 = 0; i < length; i++) store<u8>(VALUE + i, <u8>(s >> (i & 7)));
      write((s >> 20) % KEYS, length, (s & 0x70000) == 0 ? 4 + <i32>(length >> 1) : -1);
    }
    for (let key: u32 = 0; key < KEYS; key++) {
      const p: usize = find(key);
      if (p == 0) {
        h = h * 31 + 1;
        continue;
      }
      for (let i: u32 = 0; i < <u32>load<u8>(p, 2); i++) h = h * 31 + <i32>load<u8>(p + 4 + i);
    }
    for (let i: i32 = 0; i < SECTORS; i++) h = h * 31 + load<i32>(ERASES + (i << 2));
    h ^= end << 20;
  }
  return h;
}

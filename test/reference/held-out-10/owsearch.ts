// Which sensors hang on the wire: the search of the one-wire bus, bit by bit (a bit, its complement, the way chosen, the last fork kept), three devices answer as a wired and; 64 bits each with a sum of eight over them; then each is asked by its number for a reading of nine bytes with its sum; a device leaves and another comes.
const DEVICES: i32 = 3;
const IDS: usize = 1024; // u64[3]
const AWAKE: usize = 1088; // u8[3]
const FOUND: usize = 1152; // u64[8]
const PAD: usize = 1280; // u8[9]

function crc(sum: i32, byte: i32): i32 {
  sum ^= byte;
  for (let i: i32 = 0; i < 8; i++) sum = sum & 1 ? (sum >> 1) ^ 0x8c : sum >> 1;
  return sum;
}

function crcOf(id: u64, bytes: i32): i32 {
  let sum: i32 = 0;
  for (let i: i32 = 0; i < bytes; i++) {
    sum = crc(sum, <i32>(id & 255));
    id >>= 8;
  }
  return sum;
}

function wake(): void {
  for (let d: i32 = 0; d < DEVICES; d++) store<u8>(AWAKE + d, 1);
}

/** What the master reads in two slots: bit 0 all have a one there, bit 1 all have a zero. */
function slots(bit: i32): i32 {
  let level: i32 = 3;
  for (let d: i32 = 0; d < DEVICES; d++) {
    if (!load<u8>(AWAKE + d)) continue;
    level &= (load<u64>(IDS + (d << 3)) >> bit) & 1 ? 1 : 2;
  }
  return level;
}

function choose(bit: i32, way: i32): void {
  for (let d: i32 = 0; d < DEVICES; d++)
    if (<i32>((load<u64>(IDS + (d << 3)) >> bit) & 1) != way) store<u8>(AWAKE + d, 0);
}

function search(): i32 {
  let found: i32 = 0;
  let fork: i32 = -1;
  let id: u64 = 0;
  do {
    wake();
    let last: i32 = -1;
    let fresh: u64 = 0;
    for (let bit: i32 = 0; bit < 64; bit++) {
      let way: i32;
      switch (slots(bit)) {
        case 0:
          if (bit < fork) way = <i32>((id >> bit) & 1);
          else way = bit == fork ? 1 : 0;
          if (!way) last = bit;
          break;
        case 1:
          way = 1;
          break;
        case 2:
          way = 0;
          break;
        default:
          return -1;
      }
      choose(bit, way);
      fresh |= <u64>way << bit;
    }
    if (crcOf(fresh, 7) != <i32>(fresh >> 56)) return -2;
    id = fresh;
    store<u64>(FOUND + (found << 3), id);
    found++;
    fork = last;
  } while (fork >= 0 && found < 8);
  return found;
}

function reading(id: u64): i32 {
  let sum: i32 = 0;
  for (let i: i32 = 0; i < 8; i++) {
    const b: i32 = <i32>((id >> (i * 7)) & 255);
    store<u8>(PAD + i, <u8>b);
    sum = crc(sum, b);
  }
  store<u8>(PAD + 8, <u8>sum);
  sum = 0;
  for (let i: i32 = 0; i < 9; i++) sum = crc(sum, load<u8>(PAD + i));
  return sum ? -1 : <i32>load<i16>(PAD);
}

function arrive(slot: i32, s: u32): void {
  let id: u64 = 0x28 | (<u64>(s & 0xfff0f) << 8) | (<u64>(s >> 12) << 32);
  id &= 0x00ffffffffffffff;
  store<u64>(IDS + (slot << 3), id | (<u64>crcOf(id, 7) << 56));
}

export function run(n: i32): i32 {
  let s: u32 = 18200;
  for (let d: i32 = 0; d < DEVICES; d++) {
    s = s * 1664525 + 1013904223;
    arrive(d, s);
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    const found: i32 = search();
    h = h * 31 + found;
    for (let i: i32 = 0; i < found; i++) {
      const id: u64 = load<u64>(FOUND + (i << 3));
      h = h * 31 + (<i32>id ^ <i32>(id >> 32));
      h = h * 31 + reading(id);
    }
    s = s * 1664525 + 1013904223;
    arrive(k % DEVICES, s);
  }
  return h;
}

// Reports of an input device: the descriptor is read item by item (global values with push and pop, main items make fields with their place in bits, limits and sign), then twelve reports are taken apart by it, fields of up to 17 bits across bytes, signs extended, what lies beyond its limits is no value; two counts in the descriptor change.
const DESCRIPTOR: StaticArray<u8> = [
  0x05, 0x0d, 0x09, 0x04, 0xa1, 0x01, 0x85, 0x01, 0x09, 0x22, 0xa1, 0x02, 0x09, 0x42, 0x15, 0x00, 0x25, 0x01, 0x75, 0x01, 0x95, 0x01, 0x81, 0x02, 0x95, 0x07,
  0x81, 0x03, 0x05, 0x01, 0x26, 0xff, 0x0d, 0x75, 0x0c, 0x95, 0x02, 0x09, 0x30, 0x09, 0x31, 0x81, 0x02, 0xc0, 0xc0, 0x05, 0x01, 0x09, 0x02, 0xa1, 0x01, 0x85,
  0x02, 0x15, 0x90, 0x25, 0x7f, 0x75, 0x08, 0x95, 0x03, 0xa4, 0x81, 0x06, 0x75, 0x05, 0x95, 0x02, 0x15, 0xf4, 0x25, 0x0f, 0x81, 0x02, 0xb4, 0x95, 0x01, 0x75,
  0x06, 0x81, 0x03, 0x91, 0x02, 0xc0, 0x06, 0x00, 0xff, 0x09, 0x01, 0xa1, 0x01, 0x85, 0x03, 0x15, 0x00, 0x27, 0x00, 0x80, 0x01, 0x00, 0x75, 0x11, 0x95, 0x02,
  0x81, 0x02, 0x25, 0x01, 0x75, 0x01, 0x95, 0x06, 0x81, 0x02, 0xb1, 0x02, 0xc0,
];
const COPY: usize = 1024;
const FIELDS: usize = 1280;
const REPORT: usize = 2048;

@unmanaged
class Global {
  page: i32;
  low: i32;
  high: i32;
  size: i32;
  count: i32;
  report: i32;
}

@unmanaged
class Field {
  low: i32;
  high: i32;
  bit: u16;
  size: u8;
  report: u8;
}

const now = changetype<Global>(1152);
const kept = changetype<Global>(1184);
const bits: usize = 1216; // u16[4] by report
let fields: i32 = 0;

// @ts-ignore: decorator
@inline
function field(i: i32): Field {
  return changetype<Field>(FIELDS + i * offsetof<Field>());
}

function addInput(flags: i32): void {
  let bit: i32 = load<u16>(bits + (now.report << 1));
  for (let i: i32 = 0; i < now.count; i++) {
    if ((flags & 1) == 0) {
      const f = field(fields++);
      f.low = now.low;
      f.high = now.high;
      f.bit = <u16>bit;
      f.size = <u8>now.size;
      f.report = <u8>now.report;
    }
    bit += now.size;
  }
  store<u16>(bits + (now.report << 1), <u16>bit);
}

function parse(length: i32): i32 {
  let p: usize = COPY;
  let depth: i32 = 0;
  const end: usize = COPY + length;
  fields = 0;
  memory.fill(1152, 0, 96);
  while (p < end) {
    const prefix: i32 = load<u8>(p++);
    const size: i32 = (prefix & 3) == 3 ? 4 : prefix & 3;
    let value: u32 = 0;
    for (let i: i32 = 0; i < size; i++) value |= <u32>load<u8>(p + i) << (i << 3);
    p += size;
    const signed: i32 = size == 1 ? <i32>value << 24 >> 24 : size == 2 ? <i32>value << 16 >> 16 : <i32>value;
    switch (prefix & 0xfc) {
      case 0x80:
        addInput(value);
        break;
      case 0xa0:
        depth++;
        break;
      case 0xc0:
        if (--depth < 0) return -1;
        break;
      case 0x04:
        now.page = value;
        break;
      case 0x14:
        now.low = signed;
        break;
      case 0x24:
        now.high = signed;
        break;
      case 0x74:
        now.size = value;
        break;
      case 0x84:
        now.report = value & 3;
        break;
      case 0x94:
        now.count = value;
        break;
      case 0xa4:
        memory.copy(changetype<usize>(kept), changetype<usize>(now), offsetof<Global>());
        break;
      case 0xb4:
        memory.copy(changetype<usize>(now), changetype<usize>(kept), offsetof<Global>());
        break;
    }
  }
  return depth;
}

function extract(bit: i32, size: i32): u32 {
  let value: u32 = 0;
  let have: i32 = 0;
  while (have < size) {
    const at: i32 = bit + have;
    const piece: i32 = min(8 - (at & 7), size - have);
    value |= ((<u32>load<u8>(REPORT + (at >> 3)) >> (at & 7)) & ((1 << piece) - 1)) << have;
    have += piece;
  }
  return value;
}

export function run(n: i32): i32 {
  let s: u32 = 1996;
  const length: i32 = DESCRIPTOR.length;
  for (let i: i32 = 0; i < length; i++) store<u8>(COPY + i, DESCRIPTOR[i]);
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    s = s * 1664525 + 1013904223;
    store<u8>(COPY + 36, <u8>(1 + (s >> 30)));
    store<u8>(COPY + 65, <u8>(3 + (s >> 28 & 3)));
    h = h * 31 + parse(length);
    for (let r: i32 = 0; r < 12; r++) {
      s = s * 1664525 + 1013904223;
      const id: i32 = 1 + <i32>(s >> 16) % 3;
      for (let i: i32 = 0; i < 10; i++) {
        s = s * 1664525 + 1013904223;
        store<u8>(REPORT + i, <u8>(s >> 24));
      }
      for (let i: i32 = 0; i < fields; i++) {
        const f = field(i);
        if (<i32>f.report != id) continue;
        let value: i32 = extract(f.bit, f.size);
        if (f.low < 0) {
          const unused: i32 = 32 - <i32>f.size;
          value = value << unused >> unused;
        }
        h = h * 31 + (value < f.low || value > f.high ? 9999 : value);
      }
    }
  }
  return h;
}

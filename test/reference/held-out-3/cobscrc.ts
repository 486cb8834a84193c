// A frame for the radio: header, payload, CRC-16 by nibbles, then consistent overhead byte stuffing.
const payload: usize = 1024;
const frame: usize = 2048;
const wire: usize = 3072;

const nibbles: StaticArray<u16> = [
  0x0000, 0x1021, 0x2042, 0x3063, 0x4084, 0x50a5, 0x60c6, 0x70e7, 0x8108, 0x9129, 0xa14a, 0xb16b, 0xc18c, 0xd1ad, 0xe1ce, 0xf1ef,
];

function crc16(p: usize, length: usize): u16 {
  let crc: u16 = 0xffff;
  for (let i: usize = 0; i < length; i++) {
    const b = load<u8>(p + i);
    crc = (crc << 4) ^ unchecked(nibbles[((crc >> 12) ^ (b >> 4)) & 15]);
    crc = (crc << 4) ^ unchecked(nibbles[((crc >> 12) ^ b) & 15]);
  }
  return crc;
}

function stuff(from: usize, length: usize, to: usize): usize {
  let code: usize = to;
  let write = to + 1;
  let run: u8 = 1;
  for (let end = from + length; from < end; from++) {
    const b = load<u8>(from);
    if (b) {
      store<u8>(write++, b);
      run++;
    }
    if (!b || run == 0xff) {
      store<u8>(code, run);
      run = 1;
      code = write++;
    }
  }
  store<u8>(code, run);
  store<u8>(write, 0);
  return write + 1 - to;
}

function send(sequence: u8, length: usize): i32 {
  store<u8>(frame, 0xa5);
  store<u8>(frame, sequence, 1);
  store<u16>(frame, <u16>length, 2);
  for (let i: usize = 0; i < length; i++) store<u8>(frame + i, load<u8>(payload + i), 4);
  const crc = crc16(frame, length + 4);
  store<u8>(frame + length, <u8>(crc >> 8), 4);
  store<u8>(frame + length, <u8>crc, 5);
  const size = stuff(frame, length + 6, wire);
  return (<i32>crc << 8) + <i32>size;
}

export function run(n: i32): i32 {
  for (let i: usize = 0; i < 96; i++) store<u8>(payload + i, i % 5 ? <u8>(i * 29) : 0);
  let r = 0;
  for (let k = 0; k < n; k++) r = r * 3 + send(<u8>k, 96);
  return r;
}

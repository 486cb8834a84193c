// GHASH, the authenticator of GCM: the multiples of the key by four bits in two tables of 64-bit words, what falls off folded in by a table of 16; five blocks and the lengths, a key that changes.
const HIGH: usize = 1024; // u64[16]
const LOW: usize = 1152; // u64[16]
const DATA: usize = 2048; // u8[80]
const Y: usize = 1536; // u8[16]
const FOLD: usize = memory.data<u16>([
  0x0000, 0x1c20, 0x3840, 0x2460, 0x7080, 0x6ca0, 0x48c0, 0x54e0, 0xe100, 0xfd20, 0xd940, 0xc560, 0x9180, 0x8da0, 0xa9c0, 0xb5e0,
]);

function setKey(high: u64, low: u64): void {
  store<u64>(HIGH, 0);
  store<u64>(LOW, 0);
  store<u64>(HIGH, high, 8 * 8);
  store<u64>(LOW, low, 8 * 8);
  for (let i: usize = 4; i > 0; i >>= 1) {
    const carry: u64 = (low & 1) * 0xe100000000000000;
    low = (high << 63) | (low >> 1);
    high = (high >> 1) ^ carry;
    store<u64>(HIGH + (i << 3), high);
    store<u64>(LOW + (i << 3), low);
  }
  for (let i: usize = 2; i <= 8; i <<= 1)
    for (let j: usize = 1; j < i; j++) {
      store<u64>(HIGH + ((i + j) << 3), load<u64>(HIGH + (i << 3)) ^ load<u64>(HIGH + (j << 3)));
      store<u64>(LOW + ((i + j) << 3), load<u64>(LOW + (i << 3)) ^ load<u64>(LOW + (j << 3)));
    }
}

function multiply(): void {
  let nibble: usize = <usize>(load<u8>(Y, 15) & 15) << 3;
  let high: u64 = load<u64>(HIGH + nibble);
  let low: u64 = load<u64>(LOW + nibble);
  for (let i: i32 = 15; i >= 0; i--) {
    const b: u32 = load<u8>(Y + <usize>i);
    let rest: usize = <usize>low & 15;
    if (i != 15) {
      low = (high << 60) | (low >> 4);
      high = (high >> 4) ^ (<u64>load<u16>(FOLD + (rest << 1)) << 48);
      high ^= load<u64>(HIGH + ((b & 15) << 3));
      low ^= load<u64>(LOW + ((b & 15) << 3));
      rest = <usize>low & 15;
    }
    low = (high << 60) | (low >> 4);
    high = (high >> 4) ^ (<u64>load<u16>(FOLD + (rest << 1)) << 48);
    high ^= load<u64>(HIGH + ((b >> 4) << 3));
    low ^= load<u64>(LOW + ((b >> 4) << 3));
  }
  store<u64>(Y, bswap<u64>(high));
  store<u64>(Y, bswap<u64>(low), 8);
}

function update(from: usize, bytes: i32): void {
  for (; bytes > 0; bytes -= 16) {
    const part: usize = <usize>min(bytes, 16);
    for (let i: usize = 0; i < part; i++) store<u8>(Y + i, load<u8>(Y + i) ^ load<u8>(from + i));
    multiply();
    from += 16;
  }
}

export function run(n: i32): i32 {
  let h: u64 = 0;
  for (let k: i32 = 0; k < n; k++) {
    setKey(0x66e94bd4ef8a2c3b ^ <u64>k, 0x884cfa59ca342b2e);
    for (let i: usize = 0; i < 80; i++) store<u8>(DATA + i, <u8>(i * 13 + <usize>k));
    store<u64>(Y, 0);
    store<u64>(Y, 0, 8);
    update(DATA, 75);
    store<u64>(DATA, 0);
    store<u64>(DATA, bswap<u64>(75 * 8), 8);
    update(DATA, 16);
    h = rotl<u64>(h, 11) ^ load<u64>(Y) ^ load<u64>(Y, 8);
  }
  return <i32>h ^ <i32>(h >> 32);
}

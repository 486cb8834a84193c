// PRESENT with a key of 80 bits as a lock's tag has it: 31 rounds of a key, sixteen nibbles through a table that puts their bits sixteen places apart at once; round keys made on the way by turning the register; three blocks, each answer becomes the next challenge, the key follows now and then.
const SBOX: StaticArray<u8> = [12, 5, 6, 11, 9, 0, 10, 13, 3, 14, 15, 8, 4, 7, 1, 2];

// what the box makes of a nibble, its bits sixteen places apart
const SPREAD: StaticArray<u64> = [0x1000100000000, 0x100000001, 0x100010000, 0x1000000010001, 0x1000000000001, 0x0, 0x1000000010000, 0x1000100000001,
  0x10001, 0x1000100010000, 0x1000100010001, 0x1000000000000, 0x100000000, 0x100010001, 0x1, 0x10000];

let high: u64 = 0; // bits 79 to 16 of the key
let low: u64 = 0; // bits 15 to 0

function turnKey(round: u64): void {
  // 61 to the left in a register of 80
  const h: u64 = high;
  high = (h << 61) | (low << 45) | (h >> 19);
  low = (h >> 3) & 0xffff;
  high = (high & 0x0fffffffffffffff) | (<u64>SBOX[<i32>(high >> 60)] << 60);
  high ^= round >> 1;
  low ^= (round & 1) << 15;
}

function layer(x: u64): u64 {
  let y: u64 = 0;
  for (let i: i32 = 0; i < 16; i++) {
    y |= unchecked(SPREAD[<i32>x & 15]) << i;
    x >>= 4;
  }
  return y;
}

function encrypt(block: u64): u64 {
  for (let round: u64 = 1; round < 32; round++) {
    block ^= high;
    block = layer(block);
    turnKey(round);
  }
  return block ^ high;
}

export function run(n: i32): i32 {
  let block: u64 = 0;
  let keyHigh: u64 = 0;
  let keyLow: u64 = 0;
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let q: i32 = 0; q < 3; q++) {
      high = keyHigh;
      low = keyLow;
      block = encrypt(block);
      h = h * 31 + <i32>block;
      h = h * 31 + <i32>(block >> 32);
    }
    if (k & 1) {
      keyHigh += block;
      keyLow = (keyLow ^ block) & 0xffff;
    }
  }
  return h;
}

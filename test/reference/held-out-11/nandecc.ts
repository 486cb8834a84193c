// A page of flash with spare bytes: for each of two sectors of 128 bytes a code of Hamming's kind as on NAND (parities of columns and of lines, both halves each, 20 bits), written beside; some bits fall over in the array; read back, one wrong bit is mended, two are told, a wrong bit in the code is nothing.
const SECTOR: i32 = 128;
const page: usize = 1024; // u8[256]
const spare: usize = 1280; // u32[2]
const parities: usize = 1536; // u8[256]: parity of each byte's bits and of their columns in bits 1 to 6

function odd(v: i32, mask: i32, bit: i32): i32 {
  return (popcnt(v & mask) & 1) << bit;
}

function columns(): void {
  for (let v: i32 = 0; v < 256; v++) {
    const low: i32 = odd(v, 0xff, 0) | odd(v, 0x55, 1) | odd(v, 0xaa, 2) | odd(v, 0x33, 3);
    store<u8>(parities + v, <u8>(low | odd(v, 0xcc, 4) | odd(v, 0x0f, 5) | odd(v, 0xf0, 6)));
  }
}

/** Six bits of columns below, then pairs of bits for each of seven line numbers. */
function code(sector: usize): u32 {
  let all: u32 = 0;
  let ones: u32 = 0;
  let others: u32 = 0;
  for (let i: i32 = 0; i < SECTOR; i++) {
    const p: u32 = load<u8>(parities + load<u8>(sector + i));
    all ^= p;
    if (p & 1) {
      ones ^= i;
      others ^= ~i;
    }
  }
  let lines: u32 = 0;
  for (let bit: i32 = 6; bit >= 0; bit--)
    lines = (lines << 2) | (((ones >> bit) & 1) << 1) | ((others >> bit) & 1);
  return (lines << 6) | (all >> 1);
}

/** 0: as it was, 1: mended, 2: the code itself was wrong, 3: too much is wrong. */
function mend(sector: usize, stored: u32): i32 {
  const differ: u32 = (code(sector) ^ stored) & 0xfffff;
  if (!differ) return 0;
  // of each pair exactly one differs if one bit of the data is wrong
  if (((differ ^ (differ >> 1)) & 0x55555) == 0x55555) {
    let place: u32 = 0;
    for (let pair: i32 = 19; pair > 0; pair -= 2) place = (place << 1) | ((differ >> pair) & 1);
    const at: usize = sector + (place >> 3);
    store<u8>(at, load<u8>(at) ^ ((<u8>1) << (<u8>(place & 7))));
    return 1;
  }
  return popcnt(differ) == 1 ? 2 : 3;
}

export function run(n: i32): i32 {
  let s: u32 = 1950;
  columns();
  for (let i: i32 = 0; i < 2 * SECTOR; i++) {
    s = s * 1664525 + 1013904223;
    store<u8>(page + i, <u8>(s >> 24));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < 24; i++) {
      s = s * 1664525 + 1013904223;
      store<u8>(page + (s >> 24), <u8>(s >> 16));
    }
    for (let sector: i32 = 0; sector < 2; sector++)
      store<u32>(spare + (sector << 2), code(page + sector * SECTOR));
    // none to three bits fall over, some of them in the spare bytes
    s = s * 1664525 + 1013904223;
    for (let count: u32 = s >> 30; count > 0; count--) {
      s = s * 1664525 + 1013904223;
      const bit: u32 = 1 << (<i32>((s >> 20) & 7));
      if (s >> 29 == 0) {
        const at: usize = spare + (((s >> 16) & 1) << 2);
        store<u32>(at, load<u32>(at) ^ (bit << ((s >> 10) & 7)));
      } else {
        const at: usize = page + ((s >> 8) & 255);
        store<u8>(at, load<u8>(at) ^ (<u8>bit));
      }
    }
    for (let sector: i32 = 0; sector < 2; sector++) {
      const stored: u32 = load<u32>(spare + (sector << 2));
      h = h * 31 + mend(page + sector * SECTOR, stored);
      h = h * 31 + <i32>stored;
    }
    for (let i: i32 = 0; i < 2 * SECTOR; i += 4) h = h * 31 + load<i32>(page + i);
  }
  return h;
}

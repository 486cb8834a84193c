// Hamming distance of a binary code of 256 bits to enrolled codes under shifts of the probe, with masks; words of 64 bits.
const codes: usize = 1024; // 6 of 4 * u64 code, 4 * u64 mask
const probe: usize = 512;
const WORDS: i32 = 4;

function generate(): void {
  let s: u64 = 0x9e3779b97f4a7c15;
  for (let p = codes; p < codes + 6 * 64; p += 8) {
    s ^= s >> 12;
    s ^= s << 25;
    s ^= s >> 27;
    store<u64>(p, s * 0x2545f4914f6cdd1d);
  }
  for (let p = probe; p < probe + 64; p += 8) {
    s = s * 6364136223846793005 + 1442695040888963407;
    store<u64>(p, s | (p >= probe + 32 ? 0xffff00000000 : 0));
  }
}

function distance(enrolled: usize): i32 {
  let differing: u64 = 0;
  let valid: u64 = 0;
  for (let i: usize = 0; i < 4; i++) {
    const at = i << 3;
    const mask = load<u64>(enrolled + at, 32) & load<u64>(probe + at, 32);
    differing += popcnt<u64>((load<u64>(enrolled + at) ^ load<u64>(probe + at)) & mask);
    valid += popcnt<u64>(mask);
  }
  return valid ? <i32>differing * 256 / <i32>valid : 256;
}

function shiftProbe(): void {
  let carry = load<u64>(probe, 24) >> 62;
  for (let i = 0; i < WORDS; i++) {
    const p = probe + (<usize>i << 3);
    const v = load<u64>(p);
    store<u64>(p, (v << 2) | carry);
    carry = v >> 62;
  }
}

export function run(n: i32): i32 {
  generate();
  let r = 0;
  for (let k = 0; k < n; k++) {
    let best = 1000;
    for (let turn = 0; turn < 5; turn++) {
      for (let e = 0; e < 6; e++) {
        const d = distance(codes + (<usize>e << 6));
        if (d < best) best = d;
      }
      shiftProbe();
    }
    r = r * 13 + best;
  }
  return r;
}

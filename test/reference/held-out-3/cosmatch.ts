// The enrolled template nearest to an embedding by cosine: three sums in one loop, 64-bit norms, integer square root, a division.
const ENROLLED: i32 = 10;
const SIZE: i32 = 32;
const templates: usize = 2048;
const probe: usize = 1024;

function enrol(): void {
  for (let t = 0; t < ENROLLED; t++)
    for (let i = 0; i < SIZE; i++) store<i8>(templates + <usize>(t * SIZE + i), <i8>((t * 31 + i * i * 7 + (t ^ i) * 5) & 127) - 60);
}

function root(v: u64): u32 {
  let low: u64 = 0;
  let bit: u64 = 1 << 40;
  while (bit > v) bit >>= 2;
  while (bit != 0) {
    const trial = low + bit;
    low >>= 1;
    if (v >= trial) {
      v -= trial;
      low += bit;
    }
    bit >>= 2;
  }
  return <u32>low;
}

function similarity(t: i32): i32 {
  const base = templates + <usize>(t * SIZE);
  let dot = 0, aa = 0, bb = 0;
  for (let i: usize = 0; i < <usize>SIZE; i++) {
    const a: i32 = load<i8>(probe + i);
    const b: i32 = load<i8>(base + i);
    dot += a * b;
    aa += a * a;
    bb += b * b;
  }
  const norm = root(<u64>aa * <u64>bb);
  return norm ? (dot << 10) / <i32>norm : 0;
}

export function run(n: i32): i32 {
  enrol();
  let accepted = 0;
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < SIZE; i++) store<i8>(probe + <usize>i, <i8>((k * 31 + i * i * 7 + (i << 1)) & 127) - 64);
    let best = -2000, who = -1;
    for (let t = 0; t < ENROLLED; t++) {
      const s = similarity(t);
      if (s > best) {
        best = s;
        who = t;
      }
    }
    if (best > 700) accepted += 1 + who;
    accepted = accepted * 9 + best;
  }
  return accepted;
}

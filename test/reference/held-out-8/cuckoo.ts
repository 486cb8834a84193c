// Devices that were seen before: a cuckoo filter of 16 buckets with four prints of eight bits each, where a print that finds no room pushes another out into its second bucket; put in, asked for, taken out; what found no room is kept apart.
const BUCKETS: u32 = 16;
const TABLE: usize = 1024; // u8[BUCKETS][4], 0 is free
const SPILT: usize = 1100; // u8[8]
const KICKS: i32 = 12;

let spilt: i32 = 0;
let dice: u32 = 1;

function hash(x: u32): u32 {
  x ^= x >> 16;
  x *= 0x7feb352d;
  x ^= x >> 15;
  x *= 0x846ca68b;
  return x ^ (x >> 16);
}

function print(x: u32): u32 {
  const p: u32 = x >> 24;
  return p == 0 ? 1 : p;
}

function other(bucket: u32, p: u32): u32 {
  return (bucket ^ hash(p)) & (BUCKETS - 1);
}

function slot(bucket: u32, p: u32): i32 {
  const at: usize = TABLE + (bucket << 2);
  for (let i: i32 = 0; i < 4; i++) if (<u32>load<u8>(at + i) == p) return i;
  return -1;
}

function place(bucket: u32, p: u32): bool {
  const i: i32 = slot(bucket, 0);
  if (i < 0) return false;
  store<u8>(TABLE + (bucket << 2) + i, <u8>p);
  return true;
}

function insert(device: u32): i32 {
  const x: u32 = hash(device);
  let p: u32 = print(x);
  let bucket: u32 = x & (BUCKETS - 1);
  if (place(bucket, p)) return 0;
  bucket = other(bucket, p);
  for (let kick: i32 = 1; kick <= KICKS; kick++) {
    if (place(bucket, p)) return kick;
    dice = dice * 1103515245 + 12345;
    const at: usize = TABLE + (bucket << 2) + (dice >> 30);
    const out: u32 = <u32>load<u8>(at);
    store<u8>(at, <u8>p);
    p = out;
    bucket = other(bucket, p);
  }
  if (spilt < 8) store<u8>(SPILT + spilt++, <u8>p);
  return -1;
}

function contains(device: u32): bool {
  const x: u32 = hash(device);
  const p: u32 = print(x);
  const first: u32 = x & (BUCKETS - 1);
  if (slot(first, p) >= 0 || slot(other(first, p), p) >= 0) return true;
  for (let i: i32 = 0; i < spilt; i++) if (<u32>load<u8>(SPILT + i) == p) return true;
  return false;
}

function remove(device: u32): bool {
  const x: u32 = hash(device);
  const p: u32 = print(x);
  let bucket: u32 = x & (BUCKETS - 1);
  let i: i32 = slot(bucket, p);
  if (i < 0) {
    bucket = other(bucket, p);
    i = slot(bucket, p);
    if (i < 0) return false;
  }
  store<u8>(TABLE + (bucket << 2) + i, 0);
  return true;
}

export function run(n: i32): i32 {
  let h: i32 = 0;
  dice = 1;
  for (let k: i32 = 0; k < n; k++) {
    memory.fill(TABLE, 0, 84);
    spilt = 0;
    const base: u32 = <u32>k * 1000;
    for (let d: u32 = 0; d < 60; d++) h = h * 3 + insert(base + d * 7);
    let found: i32 = 0;
    for (let d: u32 = 40; d < 120; d++) if (contains(base + d * 7)) found++;
    let gone: i32 = 0;
    for (let d: u32 = 0; d < 60; d += 3) if (remove(base + d * 7)) gone++;
    for (let d: u32 = 200; d < 216; d++) h = h * 3 + insert(base + d);
    h = h * 31 + found * 256 + gone + (spilt << 16);
    for (let p: usize = TABLE; p < TABLE + 4 * BUCKETS; p += 4) h = h * 31 + load<i32>(p);
  }
  return h;
}

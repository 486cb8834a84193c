// Sound over a link that nobody else shall hear: Rabbit (the stream cipher of RFC 4503), eight words of state and eight counters with a carry from each to the next, each word squared to 64 bits and both halves put together; a key of 128 bits, a start by packet of 64 bits, three blocks of 16 bytes an iteration, the key changes with what came out.
const x: usize = 1024; // u32[8]
const c: usize = 1056; // u32[8]
const g: usize = 1088; // u32[8]
const masterX: usize = 1120; // u32[8]
const masterC: usize = 1152; // u32[8]
const key: usize = 1184; // u8[16]
const packet: usize = 1200; // u8[48]

const steps: StaticArray<u32> = [
  0x4d34d34d, 0xd34d34d3, 0x34d34d34, 0x4d34d34d, 0xd34d34d3, 0x34d34d34, 0x4d34d34d, 0xd34d34d3,
];

let carry: u32 = 0;
let masterCarry: u32 = 0;

function next(): void {
  let over: u64 = carry;
  for (let i: usize = 0; i < 8; i++) {
    over += <u64>load<u32>(c + (i << 2)) + <u64>unchecked(steps[<i32>i]);
    store<u32>(c + (i << 2), <u32>over);
    over >>= 32;
  }
  carry = <u32>over;
  for (let i: usize = 0; i < 32; i += 4) {
    const sum: u32 = load<u32>(x + i) + load<u32>(c + i);
    const square: u64 = <u64>sum * <u64>sum;
    store<u32>(g + i, <u32>square ^ <u32>(square >> 32));
  }
  for (let i: usize = 0; i < 8; i += 2) {
    const before: u32 = load<u32>(g + (((i + 7) & 7) << 2));
    const beforeThat: u32 = load<u32>(g + (((i + 6) & 7) << 2));
    const now: u32 = load<u32>(g + (i << 2));
    store<u32>(x + (i << 2), now + rotl<u32>(before, 16) + rotl<u32>(beforeThat, 16));
    store<u32>(x + (i << 2), load<u32>(g + (i << 2), 4) + rotl<u32>(now, 8) + before, 4);
  }
}

function setKey(): void {
  for (let i: usize = 0; i < 8; i++) {
    const a: u32 = load<u16>(key + (i << 1));
    const b: u32 = load<u16>(key + (((i + 1) & 7) << 1));
    const d: u32 = load<u16>(key + (((i + 4) & 7) << 1));
    const e: u32 = load<u16>(key + (((i + 5) & 7) << 1));
    store<u32>(x + (i << 2), i & 1 ? (e << 16) | d : (b << 16) | a);
    store<u32>(c + (i << 2), i & 1 ? (a << 16) | b : (d << 16) | e);
  }
  carry = 0;
  for (let t: i32 = 0; t < 4; t++) next();
  for (let i: usize = 0; i < 8; i++)
    store<u32>(c + (i << 2), load<u32>(c + (i << 2)) ^ load<u32>(x + (((i + 4) & 7) << 2)));
  memory.copy(masterX, x, 64);
  masterCarry = carry;
}

function setStart(start: u64): void {
  memory.copy(x, masterX, 64);
  carry = masterCarry;
  const low: u32 = <u32>start;
  const high: u32 = <u32>(start >> 32);
  const mixed: u32 = (high & 0xffff0000) | (low >> 16);
  const other: u32 = (high << 16) | (low & 0xffff);
  for (let i: usize = 0; i < 32; i += 16) {
    store<u32>(c + i, load<u32>(c + i) ^ low);
    store<u32>(c + i, load<u32>(c + i, 4) ^ mixed, 4);
    store<u32>(c + i, load<u32>(c + i, 8) ^ high, 8);
    store<u32>(c + i, load<u32>(c + i, 12) ^ other, 12);
  }
  for (let t: i32 = 0; t < 4; t++) next();
}

function block(to: usize): void {
  next();
  for (let i: usize = 0; i < 4; i++) {
    const w: u32 =
      load<u32>(x + (i << 3)) ^
      (load<u32>(x + (((i << 1) + 5) & 7) * 4) >> 16) ^
      (load<u32>(x + (((i << 1) + 3) & 7) * 4) << 16);
    store<u32>(to + (i << 2), load<u32>(to + (i << 2)) ^ w);
  }
}

export function run(n: i32): i32 {
  let s: u32 = 2003;
  for (let i: usize = 0; i < 16; i++) store<u8>(key + i, <u8>(i * 13));
  memory.fill(packet, 0, 48);
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    if ((k & 1) == 0) setKey();
    s = s * 1664525 + 1013904223;
    setStart((<u64>s << 32) | <u64>k);
    for (let p: usize = packet; p < packet + 48; p += 16) block(p);
    for (let i: usize = 0; i < 48; i += 4) h = h * 31 + load<i32>(packet + i);
    store<u64>(key, load<u64>(key) ^ load<u64>(packet));
  }
  return h;
}

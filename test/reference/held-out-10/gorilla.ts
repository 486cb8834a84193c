// A log of times and measurements as Gorilla keeps it: differences of differences of times in 1 to 36 bits, of each value (64 bits) only what exclusive or with the one before leaves between its zeros, the zeros' counts again only where they do not fit the last; 22 readings through a word of 64 bits, then read back.
const COUNT: i32 = 22;
const LOG: usize = 1024; // bytes
const TIMES: usize = 2048; // i32[22]
const VALUES: usize = 2176; // u64[22]

let at: usize = LOG;
let word: u64 = 0;
let used: i32 = 0;

function flush(): void {
  while (used >= 8) {
    used -= 8;
    store<u8>(at++, <u8>(word >> used));
  }
}

function put(v: u64, bits: i32): void {
  if (bits > 32) {
    put(v >> 32, bits - 32);
    bits = 32;
  }
  word = (word << bits) | (v & ((<u64>1 << bits) - 1));
  used += bits;
  flush();
}

function get(bits: i32): u64 {
  let v: u64 = 0;
  if (bits > 32) {
    v = get(bits - 32) << 32;
    bits = 32;
  }
  while (used < bits) {
    word = (word << 8) | load<u8>(at++);
    used += 8;
  }
  used -= bits;
  return v | ((word >> used) & ((<u64>1 << bits) - 1));
}

function putTime(d: i32): void {
  if (d == 0) put(0, 1);
  else if (d >= -63 && d <= 64) {
    put(2, 2);
    put(d + 63, 7);
  } else if (d >= -255 && d <= 256) {
    put(6, 3);
    put(d + 255, 9);
  } else if (d >= -2047 && d <= 2048) {
    put(14, 4);
    put(d + 2047, 12);
  } else {
    put(15, 4);
    put(<u32>d, 32);
  }
}

function getTime(): i32 {
  let ones: i32 = 0;
  while (ones < 4 && get(1)) ones++;
  switch (ones) {
    case 0:
      return 0;
    case 1:
      return <i32>get(7) - 63;
    case 2:
      return <i32>get(9) - 255;
    case 3:
      return <i32>get(12) - 2047;
    default:
      return <i32>get(32);
  }
}

function write(): i32 {
  let before: i32 = load<i32>(TIMES);
  let step: i32 = 0;
  let last: u64 = load<u64>(VALUES);
  let lead: i32 = 65;
  let trail: i32 = 0;
  at = LOG;
  word = 0;
  used = 0;
  put(<u32>before, 32);
  put(last, 64);
  for (let i: i32 = 1; i < COUNT; i++) {
    const time: i32 = load<i32>(TIMES + (i << 2));
    putTime(time - before - step);
    step = time - before;
    before = time;
    const value: u64 = load<u64>(VALUES + (i << 3));
    const x: u64 = value ^ last;
    last = value;
    if (x == 0) {
      put(0, 1);
      continue;
    }
    const l: i32 = min(31, <i32>clz(x));
    const t: i32 = <i32>ctz(x);
    if (l >= lead && t >= trail) {
      put(2, 2);
      put(x >> trail, 64 - lead - trail);
    } else {
      lead = l;
      trail = t;
      put(3, 2);
      put(l, 5);
      put(63 - l - t, 6);
      put(x >> t, 64 - l - t);
    }
  }
  const bits: i32 = (<i32>(at - LOG) << 3) + used;
  put(0, 7);
  return bits;
}

function read(h: i32): i32 {
  at = LOG;
  word = 0;
  used = 0;
  let time: i32 = <i32>get(32);
  let step: i32 = 0;
  let value: u64 = get(64);
  let lead: i32 = 0;
  let size: i32 = 0;
  for (let i: i32 = 1; i < COUNT; i++) {
    step += getTime();
    time += step;
    if (get(1)) {
      if (get(1)) {
        lead = <i32>get(5);
        size = <i32>get(6) + 1;
      }
      value ^= get(size) << (64 - lead - size);
    }
    if (time != load<i32>(TIMES + (i << 2)) || value != load<u64>(VALUES + (i << 3))) return -1;
    h = h * 31 + time + <i32>(value >> 40);
  }
  return h;
}

export function run(n: i32): i32 {
  let s: u32 = 1500;
  let time: i32 = 1000000;
  let level: u64 = 0x4042000000000000;
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < COUNT; i++) {
      s = s * 1664525 + 1013904223;
      time += 60;
      if (s >> 30 == 0) time += <i32>(s >> 4 & 15) - 8;
      if (s >> 27 == 9) time += <i32>(s & 4095);
      if (s >> 25 & 3) level += <u64>(s >> 16 & 255) << (36 + ((s >> 10) & 7));
      store<i32>(TIMES + (i << 2), time);
      store<u64>(VALUES + (i << 3), level);
    }
    const bits: i32 = write();
    h = h * 31 + bits;
    for (let p: usize = LOG; p < LOG + (bits >> 3); p++) h = h * 31 + <i32>load<u8>(p);
    h = read(h);
  }
  return h;
}

// A symmetric filter of 33 taps over a ring of 64 samples: pairs are added before they are multiplied; one product for the middle.
const RING: usize = 1024; // int16[64]
const TAPS: usize = 2048; // int16[17]
const OUT: usize = 4096; // int16
const SAMPLES: i32 = 60;

let head: i32 = 0;

function fill(): void {
  for (let i: i32 = 0; i < 17; i++) store<i16>(TAPS + ((<usize>i) << 1), <i16>(i * i * 23 - i * 91 + 40));
  for (let i: usize = 0; i < 64; i++) store<i16>(RING + (i << 1), 0);
  head = 0;
}

function push(v: i32): i32 {
  head = (head + 1) & 63;
  store<i16>(RING + ((<usize>head) << 1), <i16>v);
  let sum: i32 = 1 << 13;
  let newer: i32 = head;
  let older: i32 = head - 32;
  for (let t: usize = TAPS; t < TAPS + 32; t += 2) {
    const pair: i32 =
      <i32>load<i16>(RING + ((<usize>(newer & 63)) << 1)) +
      <i32>load<i16>(RING + ((<usize>(older & 63)) << 1));
    sum += pair * <i32>load<i16>(t);
    newer--;
    older++;
  }
  sum += <i32>load<i16>(RING + ((<usize>(newer & 63)) << 1)) * <i32>load<i16>(TAPS, 32);
  return sum >> 14;
}

export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < SAMPLES; i++) {
      const y: i32 = push((((i * 1103 + k * 77) ^ (i << 5)) & 8191) - 4096);
      store<i16>(OUT + ((<usize>i) << 1), <i16>y);
    }
    h = h * 31 + <i32>load<i16>(OUT + ((<usize>(k % SAMPLES)) << 1));
  }
  return h;
}

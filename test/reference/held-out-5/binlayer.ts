// Two layers with weights of one bit: exclusive or and population of 32-bit words, thresholds by unit, the bits of the output packed; the last layer gives scores.
const WORDS: usize = 6; // 192 inputs
const UNITS: usize = 64;
const W: usize = 4096; // u32[64][6]
const LAST: usize = 8192; // u32[5][2]
const LIMIT: usize = 1024; // u8[64]
const IN: usize = 1152;
const MID: usize = 1200; // u32[2]

function fill(): void {
  let s: u32 = 0x6c078965;
  for (let p: usize = W; p < W + UNITS * WORDS * 4; p += 4) {
    s = s * 0x5851f42d + 0x14057b7f;
    store<u32>(p, s ^ (s >> 15));
  }
  for (let p: usize = LAST; p < LAST + 40; p += 4) {
    s = s * 0x5851f42d + 0x14057b7f;
    store<u32>(p, s ^ (s >> 11));
  }
  for (let i: usize = 0; i < UNITS; i++) store<u8>(LIMIT + i, <u8>(88 + ((i * 5) & 15)));
}

function first(): void {
  let w: usize = W;
  for (let word: usize = 0; word < 2; word++) {
    let bits: u32 = 0;
    for (let b: u32 = 0; b < 32; b++) {
      let agree: i32 = 0;
      for (let i: usize = 0; i < WORDS; i++) {
        agree += <i32>popcnt(~(load<u32>(w) ^ load<u32>(IN + (i << 2))));
        w += 4;
      }
      bits |= <u32>(agree >= <i32>load<u8>(LIMIT + (word << 5) + <usize>b)) << b;
    }
    store<u32>(MID + (word << 2), bits);
  }
}

function last(): i32 {
  const a: u32 = load<u32>(MID);
  const b: u32 = load<u32>(MID, 4);
  let best: i32 = -1;
  let which: i32 = 0;
  for (let c: i32 = 0; c < 5; c++) {
    const p: usize = LAST + ((<usize>c) << 3);
    const score: i32 = 64 - <i32>popcnt(load<u32>(p) ^ a) - <i32>popcnt(load<u32>(p, 4) ^ b);
    if (score > best) {
      best = score;
      which = c;
    }
  }
  return (which << 8) | best;
}

export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    let s: u32 = <u32>k + 99;
    for (let i: usize = 0; i < WORDS; i++) {
      s ^= s << 13;
      s ^= s >> 17;
      s ^= s << 5;
      store<u32>(IN + (i << 2), s);
    }
    first();
    h = h * 33 + last();
  }
  return h;
}

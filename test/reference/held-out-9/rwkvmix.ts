// The time mix of a receptance-weighted network: token and token before mixed channel by channel, three products of matrices of 8 by 8 (int8), a weighted mean that decays, kept as numerator, denominator and greatest exponent (powers of two by a table of sixteen), a hard sigmoid of the receptance, a product at the end; five tokens.
const D: i32 = 8;
const TOKENS: i32 = 5;
const LAST: usize = 1024; // i32[D]
const NOW: usize = 1056; // i32[D]
const MIXED: usize = 1088; // i32[D]
const K: usize = 1120; // i32[3][D]: keys, values, receptance
const MU: usize = 1216; // u8[3][D]
const DECAY: usize = 1240; // u8[D]
const FIRST: usize = 1248; // i8[D]
const STATE: usize = 1280; // Channel[D]
const WEIGHTS: usize = 1536; // i8[4][D][D]

const POWERS: StaticArray<i32> = [4096, 3922, 3756, 3597, 3444, 3298, 3158, 3025, 2896, 2774, 2656, 2543, 2435, 2332, 2233, 2139];

@unmanaged
class Channel {
  num: i32;
  den: i32;
  top: i32;
}

/** Two to the power of -d / 16, Q12, d not below zero. */
function power(d: i32): i32 {
  return d >= 256 ? 0 : unchecked(POWERS[d & 15]) >> (d >> 4);
}

function multiply(w: usize, x: usize, y: usize, shift: i32): void {
  for (let r: i32 = 0; r < D; r++) {
    let sum: i32 = 0;
    for (let j: i32 = 0; j < D; j++) {
      sum += <i32>load<i8>(w) * load<i32>(x + (j << 2));
      w++;
    }
    store<i32>(y + (r << 2), sum >> shift);
  }
}

function blend(which: i32): void {
  for (let j: i32 = 0; j < D; j++) {
    const mu: i32 = <i32>load<u8>(MU + which * D + j);
    store<i32>(MIXED + (j << 2), (mu * load<i32>(NOW + (j << 2)) + (256 - mu) * load<i32>(LAST + (j << 2))) >> 8);
  }
}

function wkv(i: i32): i32 {
  const c = changetype<Channel>(STATE + i * offsetof<Channel>());
  const k: i32 = load<i32>(K + (i << 2));
  const v: i32 = load<i32>(K + ((D + i) << 2));
  // this token has a bonus of its own
  const own: i32 = k + <i32>load<i8>(FIRST + i);
  let top: i32 = max(c.top, own);
  let a: i32 = power(top - c.top);
  let b: i32 = power(top - own);
  const out: i32 = (a * (c.num >> 8) + b * (v >> 4)) / max(((a * (c.den >> 2)) >> 10) + b, 1);
  // what stays for the next
  const faded: i32 = c.top - <i32>load<u8>(DECAY + i);
  top = max(faded, k);
  a = power(top - faded);
  b = power(top - k);
  c.num = ((a * (c.num >> 4)) >> 8) + ((b * v) >> 8);
  c.den = ((a * (c.den >> 2)) >> 10) + b;
  c.top = top;
  return out;
}

export function run(n: i32): i32 {
  let s: u32 = 60221;
  for (let i: i32 = 0; i < 4 * D * D; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(WEIGHTS + i, <i8>(<i32>s >> 25));
  }
  for (let i: i32 = 0; i < 3 * D; i++) {
    s = s * 1664525 + 1013904223;
    store<u8>(MU + i, <u8>(s >> 24));
  }
  for (let i: i32 = 0; i < D; i++) {
    store<u8>(DECAY + i, <u8>(2 + 3 * i));
    store<i8>(FIRST + i, <i8>(20 - 4 * i));
    const c = changetype<Channel>(STATE + i * offsetof<Channel>());
    c.num = 0;
    c.den = 0;
    c.top = -1000;
    store<i32>(LAST + (i << 2), 0);
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let t: i32 = 0; t < TOKENS; t++) {
      for (let j: i32 = 0; j < D; j++) {
        s = s * 1664525 + 1013904223;
        store<i32>(NOW + (j << 2), <i32>s >> 23);
      }
      for (let which: i32 = 0; which < 3; which++) {
        blend(which);
        multiply(WEIGHTS + which * (D * D), MIXED, K + which * (D << 2), which == 0 ? 9 : 7);
      }
      for (let i: i32 = 0; i < D; i++) {
        const r: i32 = min(max(load<i32>(K + ((2 * D + i) << 2)) + 128, 0), 256);
        store<i32>(MIXED + (i << 2), (r * wkv(i)) >> 4);
      }
      multiply(WEIGHTS + 3 * D * D, MIXED, K, 7);
      for (let i: i32 = 0; i < D; i++) {
        h = h * 31 + load<i32>(K + (i << 2));
        store<i32>(LAST + (i << 2), load<i32>(NOW + (i << 2)));
      }
    }
  }
  return h;
}

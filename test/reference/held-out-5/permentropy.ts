// Entropy of order patterns: each four samples in a row are one of 24 orders, counted, the entropy by a logarithm of base two with eight bits behind the point.
const LENGTH: i32 = 120;
const X: usize = 2048; // i16[120]
const COUNTS: usize = 1024; // u16[24]

function fill(): void {
  let a: i32 = 300;
  let b: i32 = 0;
  let s: u32 = 9;
  for (let i: i32 = 0; i < LENGTH; i++) {
    a -= b >> 2;
    b += a >> 2;
    s = s * 214013 + 2531011;
    store<i16>(X + ((<usize>i) << 1), <i16>(a + ((<i32>s) >> 25)));
  }
}

/** Which of the 24 orders, by Lehmer's code. */
function order(p: usize): i32 {
  const a: i32 = <i32>load<i16>(p);
  const b: i32 = <i32>load<i16>(p, 2);
  const c: i32 = <i32>load<i16>(p, 4);
  const d: i32 = <i32>load<i16>(p, 6);
  const first: i32 = <i32>(a > b) + <i32>(a > c) + <i32>(a > d);
  const second: i32 = <i32>(b > c) + <i32>(b > d);
  return first * 6 + second * 2 + <i32>(c > d);
}

/** Q8; the fraction bit by bit, by squaring. */
function log2(v: u32): i32 {
  const whole: i32 = 31 - <i32>clz(v);
  let y: i32 = whole << 8;
  let m: u32 = whole > 15 ? v >> (whole - 15) : v << (15 - whole);
  for (let bit: i32 = 128; bit > 0; bit >>= 1) {
    m = (m * m) >> 15;
    if (m >= 65536) {
      m >>= 1;
      y += bit;
    }
  }
  return y;
}

function entropy(): i32 {
  memory.fill(COUNTS, 0, 48);
  const last: usize = X + ((<usize>(LENGTH - 4)) << 1);
  for (let p: usize = X; p <= last; p += 2) {
    const at: usize = COUNTS + ((<usize>order(p)) << 1);
    store<u16>(at, load<u16>(at) + 1);
  }
  let sum: i32 = 0;
  let kinds: i32 = 0;
  for (let i: usize = 0; i < 24; i++) {
    const c: u32 = <u32>load<u16>(COUNTS + (i << 1));
    if (c == 0) continue;
    kinds++;
    sum += <i32>c * log2(c);
  }
  return (log2(LENGTH - 3) - sum / (LENGTH - 3)) * 32 + kinds;
}

export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    store<i16>(X + ((<usize>((k * 29) % LENGTH)) << 1), <i16>(k * 71));
    h = h * 31 + entropy();
  }
  return h;
}

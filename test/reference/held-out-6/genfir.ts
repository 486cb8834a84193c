// A low-pass of 24 taps as a generator of code writes it: four outputs a turn, the taps four at a time, samples handed from one name to the next, so that each is read once; Q15, rounded and saturated; every second output kept by the caller.
const TAPS: usize = 1024; // i16[24]
const IN: usize = 2048; // i16[80 + 24]
const OUT: usize = 4096; // i16[80]
const COUNT: i32 = 80;

// @ts-ignore: decorator
@inline
function rounded(s: i32): i16 {
  const v: i32 = (s + 0x4000) >> 15;
  return <i16>(v > 32767 ? 32767 : v < -32768 ? -32768 : v);
}

function filter(from: usize, to: usize, blocks: i32): void {
  for (; blocks > 0; blocks--) {
    let p: usize = from;
    let c: usize = TAPS;
    let x0: i32 = <i32>load<i16>(p);
    let x1: i32 = <i32>load<i16>(p, 2);
    let x2: i32 = <i32>load<i16>(p, 4);
    let x3: i32 = 0;
    let s0: i32 = 0;
    let s1: i32 = 0;
    let s2: i32 = 0;
    let s3: i32 = 0;
    for (let t: i32 = 6; t > 0; t--) {
      x3 = <i32>load<i16>(p, 6);
      const c0: i32 = <i32>load<i16>(c);
      s0 += x0 * c0;
      s1 += x1 * c0;
      s2 += x2 * c0;
      s3 += x3 * c0;
      x0 = <i32>load<i16>(p, 8);
      const c1: i32 = <i32>load<i16>(c, 2);
      s0 += x1 * c1;
      s1 += x2 * c1;
      s2 += x3 * c1;
      s3 += x0 * c1;
      x1 = <i32>load<i16>(p, 10);
      const c2: i32 = <i32>load<i16>(c, 4);
      s0 += x2 * c2;
      s1 += x3 * c2;
      s2 += x0 * c2;
      s3 += x1 * c2;
      x2 = <i32>load<i16>(p, 12);
      const c3: i32 = <i32>load<i16>(c, 6);
      s0 += x3 * c3;
      s1 += x0 * c3;
      s2 += x1 * c3;
      s3 += x2 * c3;
      p += 8;
      c += 8;
    }
    store<i16>(to, rounded(s0));
    store<i16>(to, rounded(s1), 2);
    store<i16>(to, rounded(s2), 4);
    store<i16>(to, rounded(s3), 6);
    from += 8;
    to += 8;
  }
}

export function run(n: i32): i32 {
  for (let i: i32 = 0; i < 24; i++) {
    const d: i32 = i < 12 ? i : 23 - i;
    store<i16>(TAPS + ((<usize>i) << 1), <i16>(d * d * 31 - 400 + d * 21));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < 104; i++) store<i16>(IN + ((<usize>i) << 1), <i16>((i * i * 211 + k * 4001) ^ (i << 9)));
    filter(IN, OUT, COUNT / 4);
    for (let i: usize = 0; i < <usize>COUNT; i += 2) h = h * 31 + <i32>load<i16>(OUT + (i << 1));
  }
  return h;
}

// Integer functions without a divider: reciprocal and reciprocal root by Newton's steps in Q31, quotient out of it, power of two by a polynomial, digits by multiplication.
const TABLE: usize = 512; // u8[64], a first guess of the reciprocal root

function high(a: u32, b: u32): u32 {
  return <u32>((<u64>a * <u64>b) >> 32);
}

/** 2^63 / d for d with its first bit set. */
function reciprocal(d: u32): u32 {
  let x: u32 = u32.MAX_VALUE - (d - 0x80000000);
  for (let i: i32 = 0; i < 4; i++) {
    const e: u32 = 0 - high(d, x) * 2;
    x = x + <u32>((<i64>x * <i64>(<i32>e)) >> 32);
  }
  return x - 2; // never too large
}

function quotient(a: u32, b: u32): u32 {
  const shift: u32 = clz(b);
  const r: u32 = reciprocal(b << shift);
  let q: u32 = high(a, r) >> (31 - shift);
  let rest: u32 = a - q * b;
  while (rest >= b) {
    q++;
    rest -= b;
  }
  return q;
}

function inverseRoot(v: u32): u32 {
  const shift: u32 = clz(v) & ~1;
  const m: u32 = v << shift;
  let y: u32 = (<u32>load<u8>(TABLE + <usize>(m >> 26))) << 23;
  for (let i: i32 = 0; i < 3; i++) {
    const square: u32 = high(y, y);
    const part: u32 = high(square, m);
    y = high(y, 0xc0000000 - (part << 2)) << 1;
  }
  return y >> (15 - (shift >> 1));
}

/** 2^x, x in Q16, as Q16. */
function power(x: i32): u32 {
  const f: u32 = <u32>(x & 0xffff) << 16;
  let p: u32 = high(f, 0x0e000000) + 0x3d7f7bff;
  p = high(f, p) + 0xb1721814;
  p = (high(f, p) >> 1) + 0x80000000;
  const whole: i32 = x >> 16;
  return whole > 15 ? u32.MAX_VALUE : whole < -16 ? 0 : p >> (15 - whole);
}

function digits(v: u32): u32 {
  let sum: u32 = 0;
  do {
    const q: u32 = <u32>((<u64>v * 0xcccccccd) >> 35);
    sum = (sum << 3) + (v - q * 10);
    v = q;
  } while (v);
  return sum;
}

export function run(n: i32): i32 {
  for (let i: i32 = 16; i < 64; i++) store<u8>(TABLE + <usize>i, <u8>(255 - ((i - 16) * 127) / 48 - ((64 - i) * (i - 16)) / 20));
  let h: u32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    let v: u32 = 0x1357 + <u32>k * 97;
    for (let i: i32 = 0; i < 12; i++) {
      v = v * 1664525 + 1013904223;
      h = rotl(h, 3) + quotient(v, (v >> (4 + i)) | 1);
      h ^= inverseRoot(v >> i);
      h += power((<i32>v) >> 12);
      h ^= digits(v >> (i + 3));
    }
  }
  return <i32>h;
}

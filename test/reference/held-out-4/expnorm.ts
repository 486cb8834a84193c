// Softmax of int8 logits to u8: powers of two by shift and a parabola, one reciprocal, saturated.
const N: usize = 96;
const IN: usize = 1024;
const EXP: usize = 2048; // u32[96]
const OUT: usize = 4096;

function fill(): void {
  let s: u32 = 24680;
  let i: usize = 0;
  do {
    s = s * 1664525 + 1013904223;
    store<i8>(IN + i, <i8>(s >> 24));
  } while (++i < N);
}

function power(x: i32): u32 {
  // 2^(x / 16) in Q16, x <= 0
  const whole: i32 = -x >> 4;
  const rest: i32 = (-x & 15) << 8;
  const r: i32 = 65536 - ((rest * 43) >> 2) + ((rest * rest) >> 9);
  return (<u32>r) >> whole;
}

function softmax(): void {
  let p: usize = IN;
  const end: usize = IN + N;
  let top: i32 = <i32>load<i8>(p++);
  while (p != end) {
    const v: i32 = <i32>load<i8>(p++);
    top = v > top ? v : top;
  }
  let sum: u32 = 0;
  p = IN;
  let q: usize = EXP;
  do {
    const e: u32 = power(<i32>load<i8>(p) - top);
    store<u32>(q, e);
    sum += e;
    p++;
    q += 4;
  } while (p < end);
  const reciprocal: u32 = 0xffffff / (sum >> 8);
  for (let i: usize = 0; i < N; i++) {
    let v: u32 = ((load<u32>(EXP + (i << 2)) >> 4) * reciprocal) >> 20;
    if (v > 255) v = 255;
    store<u8>(OUT + i, <u8>v);
  }
}

export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    store<i8>(IN + <usize>(k & 63), <i8>(k * 5 - 60));
    softmax();
    for (let i: usize = 0; i < N; i += 8) h = h * 31 + <i32>load<u8>(OUT + i);
  }
  return h;
}

// Four notch filters one after the other, transposed direct form II, states of 64 bits, coefficients in Q28; objects of a class without management.
@unmanaged
class Section {
  b0: i32;
  b1: i32;
  b2: i32;
  a1: i32;
  a2: i32;
  blocked: i32;
  s1: i64;
  s2: i64;
}

const SIZE: usize = offsetof<Section>();
const BASE: usize = 1024;
const COUNT: i32 = 4;

function section(i: i32): Section {
  return changetype<Section>(BASE + <usize>i * SIZE);
}

function design(i: i32, cosine: i32, radius: i32): void {
  const s = section(i);
  const r2 = <i32>((<i64>radius * <i64>radius) >> 28);
  s.b0 = 1 << 28;
  s.b1 = -2 * cosine;
  s.b2 = 1 << 28;
  s.a1 = <i32>((<i64>radius * <i64>(-2 * cosine)) >> 28);
  s.a2 = r2;
  s.blocked = 0;
  s.s1 = 0;
  s.s2 = 0;
}

function through(s: Section, x: i32): i32 {
  const y = <i32>((s.s1 + <i64>s.b0 * x) >> 28);
  s.s1 = s.s2 + <i64>s.b1 * x - <i64>s.a1 * y;
  s.s2 = <i64>s.b2 * x - <i64>s.a2 * y;
  if (y > 0x7fffff || y < -0x800000) {
    s.blocked++;
    return y > 0 ? 0x7fffff : -0x800000;
  }
  return y;
}

export function run(n: i32): i32 {
  design(0, 217167456, 255013683);
  design(1, 82952000, 257698037);
  design(2, -82952000, 260382392);
  design(3, -120000000, 263066746);
  let h: i32 = 0;
  let t: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < 32; i++) {
      t = t * 5 + 3;
      let v: i32 = ((t >> 9) & 0xffff) - 0x8000 + ((i & 4) << 12);
      for (let j: i32 = 0; j < COUNT; j++) v = through(section(j), v);
      h = rotl(h, 1) + v;
    }
    h ^= section(k & 3).blocked << 20;
  }
  return h;
}

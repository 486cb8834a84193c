// The baseline of an electrocardiogram by morphology: opening over nine samples, closing over thirteen, least and greatest of a window by a queue that stays in order, the window cut short at the edges; what is left over it is peaks; 80 samples.
const COUNT: i32 = 80;
const RAW: usize = 1024; // i16[COUNT]
const ONE: usize = 1280; // i16[COUNT]
const TWO: usize = 1536; // i16[COUNT]
const QUEUE: usize = 1792; // u8[COUNT]

// @ts-ignore: decorator
@inline
function value(base: usize, i: i32): i32 {
  return <i32>load<i16>(base + (i << 1));
}

/** Extremes of 2 * half + 1 samples: the greatest where sign is 1, the least where it is -1. */
function extremes(from: usize, to: usize, half: i32, sign: i32): void {
  let head: i32 = 0;
  let tail: i32 = 0;
  for (let i: i32 = 0; i < COUNT + half; i++) {
    if (i < COUNT) {
      const v: i32 = value(from, i) * sign;
      while (tail > head && value(from, <i32>load<u8>(QUEUE - 1 + tail)) * sign <= v) tail--;
      store<u8>(QUEUE + tail, <u8>i);
      tail++;
    }
    const centre: i32 = i - half;
    if (centre < 0) continue;
    if (<i32>load<u8>(QUEUE + head) < centre - half) head++;
    store<i16>(to + (centre << 1), <i16>value(from, <i32>load<u8>(QUEUE + head)));
  }
}

export function run(n: i32): i32 {
  let h: i32 = 0;
  let s: u32 = 61;
  let drift: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < COUNT; i++) {
      s = s * 1664525 + 1013904223;
      drift += <i32>(s >> 28) - 7;
      const beat: i32 = (i + k * 11) % 37;
      const spike: i32 = beat == 0 ? 300 : beat == 1 ? 900 : beat == 2 ? -250 : beat > 12 && beat < 20 ? 90 : 0;
      store<i16>(RAW + (i << 1), <i16>(drift + spike + (<i32>(s << 6) >> 27)));
    }
    extremes(RAW, ONE, 4, -1);
    extremes(ONE, TWO, 4, 1);
    extremes(TWO, ONE, 6, 1);
    extremes(ONE, TWO, 6, -1);
    let beats: i32 = 0;
    let area: i32 = 0;
    let above: bool = false;
    for (let i: i32 = 0; i < COUNT; i++) {
      const left: i32 = value(RAW, i) - value(TWO, i);
      area += abs(left);
      if (above) {
        if (left < 200) above = false;
      } else if (left > 450) {
        above = true;
        beats++;
        h = h * 31 + i;
      }
      h = h * 3 + value(TWO, i);
    }
    h = h * 31 + area;
    h ^= beats << 16;
  }
  return h;
}

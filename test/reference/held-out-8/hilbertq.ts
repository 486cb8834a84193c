// A pulse wave as a turning arrow: two chains of four all-pass sections that lie a quarter of a turn apart, length by the greater and the less of both parts, speed of turning by the cross product over what both products are; 48 samples, sections as objects without management.
@unmanaged
class Section {
  gain: i32;
  x1: i32;
  x2: i32;
  y1: i32;
  y2: i32;

  pass(x: i32): i32 {
    const y: i32 = ((this.gain * (x + this.y2) + 16384) >> 15) - this.x2;
    this.x2 = this.x1;
    this.x1 = x;
    this.y2 = this.y1;
    this.y1 = y;
    return y;
  }
}
const SIZE: i32 = 20;
const GAINS: StaticArray<i32> = [15709, 28711, 32001, 32686, 5300, 24018, 30978, 32460];
const CHAINS: usize = 1024; // Section[2][4]
const COUNT: i32 = 48;
const SAMPLES: usize = 2048; // i16[COUNT]

function chain(which: i32, x: i32): i32 {
  let p: usize = CHAINS + which * (4 * SIZE);
  for (let i: i32 = 0; i < 4; i++) {
    x = changetype<Section>(p).pass(x);
    p += SIZE;
  }
  return x;
}

function length(a: i32, b: i32): i32 {
  a = abs(a);
  b = abs(b);
  const high: i32 = max(a, b);
  const low: i32 = min(a, b);
  return max(high, high - (high >> 3) + (low >> 1));
}

export function run(n: i32): i32 {
  for (let i: i32 = 0; i < 8; i++) {
    const s: Section = changetype<Section>(CHAINS + i * SIZE);
    s.gain = unchecked(GAINS[i]);
    s.x1 = s.x2 = s.y1 = s.y2 = 0;
  }
  let h: i32 = 0;
  let s: u32 = 7;
  let phase: i32 = 0;
  let late: i32 = 0;
  let re: i32 = 0;
  let im: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < COUNT; i++) {
      s = s * 1664525 + 1013904223;
      phase = (phase + 60 + (k & 7) * 9) & 1023;
      const saw: i32 = phase < 512 ? phase - 256 : 768 - phase;
      store<i16>(SAMPLES + (i << 1), <i16>(saw * 5 + (<i32>s >> 26)));
    }
    let envelope: i32 = 0;
    let turning: i32 = 0;
    let back: i32 = 0;
    for (let i: i32 = 0; i < COUNT; i++) {
      const x: i32 = <i32>load<i16>(SAMPLES + (i << 1));
      const a: i32 = late;
      late = chain(0, x);
      const b: i32 = chain(1, x);
      const cross: i32 = (re * b - im * a) >> 6;
      const dot: i32 = (re * a + im * b) >> 6;
      const under: i32 = abs(cross) + abs(dot);
      if (under != 0) {
        let angle: i32 = (cross << 10) / under;
        if (dot < 0) angle = (cross < 0 ? -2048 : 2048) - angle;
        turning += angle;
        if (angle < 0) back++;
      }
      envelope = max(envelope - (envelope >> 5), length(a, b));
      re = a;
      im = b;
    }
    h = h * 31 + envelope;
    h = h * 31 + turning;
    h ^= back << 24;
  }
  return h;
}

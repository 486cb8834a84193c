// Prototypes that learn on the wrist: learning vector quantisation, eight of them with six features of 16 bits; the two nearest are moved when the sample lies in the window between them and just one has its class, else the nearest alone; then every step becomes a little shorter.
@unmanaged
class Prototype {
  label: i32;
  rate: i32;
  hits: i32;
  spare: i32;
  f0: i16;
  f1: i16;
  f2: i16;
  f3: i16;
  f4: i16;
  f5: i16;
  pad: i32;
}
const SIZE: usize = 32;
const COUNT: i32 = 8;
const FEATURES: i32 = 6;
const BOOK: usize = 1024;
const SAMPLE: usize = 2048; // i16[FEATURES]
const SAMPLES: i32 = 10;

// @ts-ignore: decorator
@inline
function at(i: i32): Prototype {
  return changetype<Prototype>(BOOK + <usize>i * SIZE);
}

function distance(p: Prototype): i32 {
  const f: usize = changetype<usize>(p) + offsetof<Prototype>('f0');
  let sum: i32 = 0;
  for (let j: i32 = 0; j < FEATURES << 1; j += 2) {
    const d: i32 = <i32>load<i16>(f + j) - <i32>load<i16>(SAMPLE + j);
    sum += d * d;
  }
  return sum;
}

function move(p: Prototype, towards: bool): void {
  const f: usize = changetype<usize>(p) + offsetof<Prototype>('f0');
  const rate: i32 = p.rate;
  for (let j: i32 = 0; j < FEATURES << 1; j += 2) {
    const old: i32 = <i32>load<i16>(f + j);
    const d: i32 = ((<i32>load<i16>(SAMPLE + j) - old) * rate + 512) >> 10;
    let v: i32 = towards ? old + d : old - d;
    if (v > 2047) v = 2047;
    if (v < -2048) v = -2048;
    store<i16>(f + j, <i16>v);
  }
  if (rate > 16) p.rate = rate - ((rate + 31) >> 5);
}

function learn(label: i32): i32 {
  let first: i32 = i32.MAX_VALUE;
  let second: i32 = i32.MAX_VALUE;
  let a: i32 = 0;
  let b: i32 = 0;
  for (let i: i32 = 0; i < COUNT; i++) {
    const d: i32 = distance(at(i));
    if (d < first) {
      second = first;
      b = a;
      first = d;
      a = i;
    } else if (d < second) {
      second = d;
      b = i;
    }
  }
  const near: Prototype = at(a);
  const next: Prototype = at(b);
  near.hits++;
  const right: bool = near.label == label;
  const close: bool = (<i64>first) * 10 > (<i64>second) * 6;
  if (close && right != (next.label == label)) {
    move(near, right);
    move(next, !right);
  } else move(near, right);
  return right ? 1 : 0;
}

export function run(n: i32): i32 {
  let s: u32 = 13;
  for (let i: i32 = 0; i < COUNT; i++) {
    const p: Prototype = at(i);
    p.label = i & 1;
    p.hits = 0;
    const f: usize = changetype<usize>(p) + offsetof<Prototype>('f0');
    for (let j: i32 = 0; j < FEATURES; j++) {
      s = s * 1664525 + 1013904223;
      store<i16>(f + (j << 1), <i16>(<i32>s >> 21));
    }
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < COUNT; i++) at(i).rate = 300;
    let correct: i32 = 0;
    for (let q: i32 = 0; q < SAMPLES; q++) {
      s = s * 1664525 + 1013904223;
      const label: i32 = <i32>(s >> 31);
      for (let j: i32 = 0; j < FEATURES; j++) {
        s = s * 1664525 + 1013904223;
        const centre: i32 = label != 0 ? 300 + j * 40 : -250 + j * 70;
        store<i16>(SAMPLE + (j << 1), <i16>(centre + (<i32>s >> 22)));
      }
      correct += learn(label);
    }
    h = h * 31 + correct;
    for (let i: i32 = 0; i < COUNT; i++) {
      const p: Prototype = at(i);
      h = h * 31 + <i32>p.f0 + (<i32>p.f5 << 3) + p.rate + (p.hits << 11);
    }
  }
  return h;
}

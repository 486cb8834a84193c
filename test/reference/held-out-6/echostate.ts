// An echo state network: 48 units that each hear six others (index and weight of eight bits behind each other), a quarter of the new state each step, two states that change places; four outputs read it after the first steps.
const UNITS: u32 = 48;
const DEGREE: u32 = 6;
const STEPS: i32 = 12;
const WASHOUT: i32 = 4;
const LINKS: usize = 2048; // { u8 from; i8 weight }[UNITS][DEGREE]
const INPUT: usize = 3072; // i8[UNITS][3]
const READOUT: usize = 3328; // i16[4][UNITS]
const STATES: usize = 4096; // i16[2][UNITS]
const SERIES: usize = 4352; // i8[STEPS][3]
const SUMS: usize = 4480; // i32[4]

let old: usize = STATES;
let fresh: usize = STATES + 2 * UNITS;

function build(): void {
  let s: u32 = 20231;
  for (let u: u32 = 0; u < UNITS; u++) {
    for (let d: u32 = 0; d < DEGREE; d++) {
      s ^= s << 13;
      s ^= s >> 17;
      s ^= s << 5;
      const p: usize = LINKS + 2 * (u * DEGREE + d);
      store<u8>(p, <u8>(s % UNITS));
      store<i8>(p, <i8>((<i32>s) >> 24), 1);
    }
    for (let j: u32 = 0; j < 3; j++) {
      s ^= s << 13;
      s ^= s >> 17;
      s ^= s << 5;
      store<i8>(INPUT + 3 * u + j, <i8>((<i32>s) >> 25));
    }
  }
  for (let i: u32 = 0; i < 4 * UNITS; i++) {
    s ^= s << 13;
    s ^= s >> 17;
    s ^= s << 5;
    store<i16>(READOUT + 2 * i, <i16>((<i32>s) >> 21));
  }
}

/** A tanh of three straight pieces, Q12. */
function squash(v: i32): i32 {
  const a: i32 = abs<i32>(v);
  let r: i32;
  if (a < 2048) r = a;
  else if (a < 6144) r = 2048 + ((a - 2048) >> 2) + ((a - 2048) >> 3);
  else r = min<i32>(3584 + ((a - 6144) >> 4), 4095);
  return v < 0 ? -r : r;
}

function step(x: usize): void {
  let link: usize = LINKS;
  for (let u: u32 = 0; u < UNITS; u++) {
    const in0: usize = INPUT + 3 * u;
    let s: i32 = <i32>load<i8>(in0) * load<i8>(x) + <i32>load<i8>(in0, 1) * load<i8>(x, 1) + <i32>load<i8>(in0, 2) * load<i8>(x, 2);
    for (let d: u32 = 0; d < DEGREE; d++) {
      s += (<i32>load<i8>(link, 1) * load<i16>(old + (<usize>load<u8>(link) << 1))) >> 7;
      link += 2;
    }
    const was: i32 = load<i16>(old + 2 * u);
    store<i16>(fresh + 2 * u, <i16>(was + ((squash(s) - was) >> 2)));
  }
  const t: usize = old;
  old = fresh;
  fresh = t;
}

function read(): void {
  let w: usize = READOUT;
  for (let o: usize = 0; o < 4; o++) {
    let s: i32 = 0;
    for (let u: u32 = 0; u < UNITS; u++, w += 2) s += <i32>load<i16>(w) * load<i16>(old + 2 * u);
    store<i32>(SUMS + 4 * o, load<i32>(SUMS + 4 * o) + (s >> 6));
  }
}

export function run(n: i32): i32 {
  build();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < STEPS * 3; i++) store<i8>(SERIES + <usize>i, <i8>((i * 29 + k * 53) ^ (i << 3)));
    memory.fill(STATES, 0, 4 * UNITS);
    memory.fill(SUMS, 0, 16);
    for (let t: i32 = 0; t < STEPS; t++) {
      step(SERIES + <usize>(t * 3));
      if (t >= WASHOUT) read();
    }
    let best: i32 = 0;
    for (let o: i32 = 1; o < 4; o++) if (load<i32>(SUMS + ((<usize>o) << 2)) > load<i32>(SUMS + ((<usize>best) << 2))) best = o;
    h = h * 33 + load<i32>(SUMS + ((<usize>best) << 2)) + best;
  }
  return h;
}

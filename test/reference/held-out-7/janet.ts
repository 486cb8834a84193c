// A recurrent cell whose only gate is the one that forgets: ten units, three inputs, weights of 8 bits, state of 16 bits (Q12); sigmoid by a straight line between 17 points, tanh from it; twelve steps of a gesture, then two classes.
const UNITS: i32 = 10;
const INPUTS: i32 = 3;
const STEPS: i32 = 12;
const WIDTH: i32 = INPUTS + UNITS;
const GATE: usize = 1024; // i8[UNITS][WIDTH]
const CANDIDATE: usize = 1280; // i8[UNITS][WIDTH]
const BIAS: usize = 1536; // i16[2][UNITS]
const OUTPUT: usize = 1600; // i8[2][UNITS]
const STATE: usize = 1664; // i16[UNITS]
const NEXT: usize = 1696; // i16[UNITS]
const SAMPLES: usize = 1728; // i16[STEPS][INPUTS]
const curve: StaticArray<i16> = [11, 30, 81, 219, 589, 1554, 3906, 8812, 16384, 23956, 28862, 31214, 32179, 32549, 32687, 32738, 32757];

function sigmoid(a: i32): i32 {
  if (a > 32767) a = 32767;
  if (a < -32768) a = -32768;
  const at: i32 = (a + 32768) >> 12;
  const low: i32 = <i32>unchecked(curve[at]);
  return low + (((<i32>unchecked(curve[at + 1]) - low) * (a & 4095)) >> 12);
}

function prepare(): void {
  let s: u32 = 314159;
  for (let p: usize = GATE; p < GATE + <usize>(UNITS * WIDTH); p++) {
    s = s * 1664525 + 1013904223;
    store<i8>(p, <i8>(<i32>(s >> 25) - 64));
    store<i8>(p + (CANDIDATE - GATE), <i8>(<i32>((s >> 17) & 127) - 64));
  }
  for (let u: usize = 0; u < <usize>UNITS; u++) {
    store<i16>(BIAS + (u << 1), 4096);
    store<i16>(BIAS + ((u + <usize>UNITS) << 1), <i16>(u * 100));
    store<i8>(OUTPUT + u, <i8>(u * 23 - 100));
    store<i8>(OUTPUT + <usize>UNITS + u, <i8>(90 - u * 17));
  }
}

function step(x: usize): void {
  let g: usize = GATE;
  let c: usize = CANDIDATE;
  for (let u: usize = 0; u < <usize>UNITS; u++) {
    let forget: i32 = 0;
    let fresh: i32 = 0;
    for (let i: usize = 0; i < <usize>INPUTS; i++) {
      const v: i32 = <i32>load<i16>(x + (i << 1));
      forget += <i32>load<i8>(g++) * v;
      fresh += <i32>load<i8>(c++) * v;
    }
    for (let j: usize = 0; j < <usize>UNITS; j++) {
      const v: i32 = <i32>load<i16>(STATE + (j << 1));
      forget += <i32>load<i8>(g++) * v;
      fresh += <i32>load<i8>(c++) * v;
    }
    const f: i32 = sigmoid((forget >> 6) + <i32>load<i16>(BIAS + (u << 1)));
    const t: i32 = 2 * sigmoid(2 * ((fresh >> 6) + <i32>load<i16>(BIAS + ((u + <usize>UNITS) << 1)))) - 32768;
    const old: i32 = <i32>load<i16>(STATE + (u << 1));
    store<i16>(NEXT + (u << 1), <i16>((f * old + (32768 - f) * (t >> 3)) >> 15));
  }
  memory.copy(STATE, NEXT, <usize>UNITS << 1);
}

export function run(n: i32): i32 {
  prepare();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < STEPS * INPUTS; i++) store<i16>(SAMPLES + (<usize>i << 1), <i16>(((i * i * 97 + k * 1009 + i * k * 7) & 16383) - 8192));
    memory.fill(STATE, 0, <usize>UNITS << 1);
    for (let t: usize = 0; t < <usize>STEPS; t++) step(SAMPLES + t * <usize>(INPUTS << 1));
    let a: i32 = 0;
    let b: i32 = 0;
    for (let u: usize = 0; u < <usize>UNITS; u++) {
      const v: i32 = <i32>load<i16>(STATE + (u << 1));
      a += v * <i32>load<i8>(OUTPUT + u);
      b += v * <i32>load<i8>(OUTPUT + <usize>UNITS + u);
    }
    h = rotl(h, 5) ^ a ^ (b << 1) ^ (a > b ? 1 : 0);
  }
  return h;
}

// Two simple recurrent units above each other, ten wide: candidate, forget and reset gates of all three times by one product of matrices that looks at no state, then a walk along time unit by unit (peephole weights on the cell, a highway past it); weights of 8 bits, values in Q12, a hard sigmoid.
const D: i32 = 10;
const T: i32 = 3;
const ROWS: i32 = 3 * D;
const IN: usize = 1024; // i16[T][D]
const U: usize = 1152; // i32[T][ROWS]
const CELL: usize = 1792; // i32[2][D]
const PEEP: usize = 1904; // i8[2][2 * D]
const WEIGHTS: usize = 2048; // i8[2][ROWS][D]

function sigmoid(x: i32): i32 {
  const y: i32 = (x >> 2) + 2048;
  if (y < 0) return 0;
  return y > 4096 ? 4096 : y;
}

function products(weights: usize): void {
  for (let t: i32 = 0; t < T; t++) {
    const x: usize = IN + t * (D << 1);
    const u: usize = U + t * (ROWS << 2);
    for (let r: i32 = 0; r < ROWS; r++) {
      const w: usize = weights + r * D;
      let sum: i32 = 0;
      for (let j: i32 = 0; j < D; j++) sum += <i32>load<i8>(w + j) * <i32>load<i16>(x + (j << 1));
      store<i32>(u + (r << 2), sum >> 6);
    }
  }
}

function walk(cells: usize, peep: usize): void {
  for (let i: i32 = 0; i < D; i++) {
    let c: i32 = load<i32>(cells + (i << 2));
    const pf: i32 = <i32>load<i8>(peep + i);
    const pr: i32 = <i32>load<i8>(peep + i, D);
    let u: usize = U + (i << 2);
    let x: usize = IN + (i << 1);
    for (let t: i32 = 0; t < T; t++) {
      const f: i32 = sigmoid(load<i32>(u, D << 2) + ((pf * c) >> 7));
      const r: i32 = sigmoid(load<i32>(u, D << 3) + ((pr * c) >> 7));
      c = (f * c + (4096 - f) * load<i32>(u)) >> 12;
      c = min(max(c, -16384), 16383);
      const g: i32 = min(max(c, -4096), 4096);
      store<i16>(x, <i16>((r * g + (4096 - r) * <i32>load<i16>(x)) >> 12));
      u += ROWS << 2;
      x += D << 1;
    }
    store<i32>(cells + (i << 2), c);
  }
}

export function run(n: i32): i32 {
  let s: u32 = 31337;
  for (let i: i32 = 0; i < 2 * ROWS * D; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(WEIGHTS + i, <i8>(<i32>s >> 25));
  }
  for (let i: i32 = 0; i < 4 * D; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(PEEP + i, <i8>(<i32>s >> 25));
  }
  memory.fill(CELL, 0, D << 3);
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < T * D; i++) {
      s = s * 1664525 + 1013904223;
      store<i16>(IN + (i << 1), <i16>(<i32>s >> 19));
    }
    for (let l: i32 = 0; l < 2; l++) {
      products(WEIGHTS + l * (ROWS * D));
      walk(CELL + l * (D << 2), PEEP + l * (2 * D));
    }
    for (let i: i32 = 0; i < T * D; i++) h = h * 31 + <i32>load<i16>(IN + (i << 1));
  }
  return h;
}

// A long short-term memory whose state passes through a product before the gates see it (multiplicative): 8 units, 6 inputs; m is what the inputs make times what the state makes, four gates from inputs and m by weights of 8 bits, hard curves in Q10, cell values limited to 16 bits.
const UNITS: i32 = 8;
const INPUTS: i32 = 6;
const WIDE: i32 = UNITS + INPUTS;

const mixIn: usize = 1024; // i8[8][6]
const mixState: usize = 1088; // i8[8][8]
const gates: usize = 1152; // i8[4][8][14]
const x: usize = 1664; // i16[6], m behind it: i16[8]
const m: usize = x + 2 * INPUTS;
const state: usize = 1728; // i16[8]
const cell: usize = 1792; // i16[8]
const raised: usize = 1856; // i32[4][8]

function product(w: usize, v: usize, rows: i32, columns: i32, row: i32): i32 {
  let sum: i32 = 0;
  w += row * columns;
  for (let c: i32 = 0; c < columns; c++) sum += <i32>load<i8>(w + c) * <i32>load<i16>(v + (c << 1));
  return sum;
}

/** 0 to 1024 over -2.5 to 2.5. */
function hardSigmoid(v: i32): i32 {
  return min(max(512 + v / 5, 0), 1024);
}

function clip(v: i32): i32 {
  return min(max(v, -1024), 1024);
}

function step(): void {
  for (let u: i32 = 0; u < UNITS; u++) {
    const a: i32 = product(mixIn, x, UNITS, INPUTS, u) >> 6;
    const b: i32 = product(mixState, state, UNITS, UNITS, u) >> 5;
    store<i16>(m + (u << 1), <i16>clip((a * b) >> 10));
  }
  for (let g: i32 = 0; g < 4 * UNITS; g++) store<i32>(raised + (g << 2), product(gates, x, 4 * UNITS, WIDE, g) >> 6);
  for (let u: i32 = 0; u < UNITS; u++) {
    const at: usize = raised + (u << 2);
    const candidate: i32 = clip(load<i32>(at));
    const input: i32 = hardSigmoid(load<i32>(at, 4 * UNITS));
    const forget: i32 = hardSigmoid(load<i32>(at, 8 * UNITS) + 512);
    const output: i32 = hardSigmoid(load<i32>(at, 12 * UNITS));
    const p: usize = cell + (u << 1);
    const c: i32 = (forget * <i32>load<i16>(p) + input * candidate) >> 10;
    store<i16>(p, <i16>min(max(c, -8192), 8191));
    store<i16>(state + (u << 1), <i16>((output * clip(c)) >> 10));
  }
}

export function run(n: i32): i32 {
  let s: u32 = 2016;
  for (let i: usize = mixIn; i < gates + 4 * UNITS * WIDE; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(i, <i8>((<i32>s) >> 24));
  }
  for (let u: i32 = 0; u < UNITS; u++) {
    store<i16>(state + (u << 1), <i16>(100 * u));
    store<i16>(cell + (u << 1), 0);
  }
  let h: i32 = 0;
  while (n > 0) {
    for (let t: i32 = 0; t < 3; t++) {
      for (let i: i32 = 0; i < INPUTS; i++) {
        s = s * 1664525 + 1013904223;
        store<i16>(x + (i << 1), <i16>((<i32>s) >> 21));
      }
      step();
    }
    for (let u: i32 = 0; u < UNITS; u++) h = (h * 31 + <i32>load<i16>(state + (u << 1))) * 31 + <i32>load<i16>(cell + (u << 1));
    n--;
  }
  return h;
}

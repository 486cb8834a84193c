// A convolutional LSTM along a strip of ten pressure sensors: each place has two cells whose four gates see input and hidden values of the place and both neighbours (three taps, edges are zero); hard activations, cells in Q11, two steps an iteration; where the most pressure stays is the answer.
const PLACES: i32 = 10;
const CELLS: i32 = 2;
const STRIDE: i32 = 1 + CELLS; // input and hidden values of a place
const GATES: i32 = 4;
const TAPS: i32 = 3 * STRIDE;

const field: usize = 1024; // i16[12][3], a place of zeros at either end
const next: usize = 1104; // i16[10][2]
const cells: usize = 1152; // i16[10][2]
const kernels: usize = 1216; // i8[2][4][9]
const bias: usize = 1296; // i16[2][4]

function gate(p: usize, w: usize, b: i32): i32 {
  let sum: i32 = b << 7;
  for (let j: i32 = 0; j < TAPS; j++) sum += <i32>load<i16>(p + (j << 1)) * <i32>load<i8>(w + j);
  return sum >> 7;
}

// @ts-ignore
@inline
function hardSigmoid(x: i32): i32 {
  return max(0, min(2048, (x >> 2) + 1024));
}

// @ts-ignore
@inline
function hardTanh(x: i32): i32 {
  return max(-2048, min(2048, x));
}

function step(): void {
  for (let x: i32 = 0; x < PLACES; x++) {
    const p: usize = field + x * STRIDE * 2;
    for (let c: i32 = 0; c < CELLS; c++) {
      const w: usize = kernels + c * GATES * TAPS;
      const b: usize = bias + c * GATES * 2;
      const i: i32 = hardSigmoid(gate(p, w, load<i16>(b)));
      const f: i32 = hardSigmoid(gate(p, w + TAPS, load<i16>(b, 2)));
      const o: i32 = hardSigmoid(gate(p, w + 2 * TAPS, load<i16>(b, 4)));
      const g: i32 = hardTanh(gate(p, w + 3 * TAPS, load<i16>(b, 6)));
      const at: usize = (x * CELLS + c) << 1;
      const cell: i32 = hardTanh((f * <i32>load<i16>(cells + at) + i * g + 1024) >> 11);
      store<i16>(cells + at, <i16>cell);
      store<i16>(next + at, <i16>((o * cell) >> 11));
    }
  }
  for (let x: i32 = 0; x < PLACES; x++) {
    const p: usize = field + (x + 1) * STRIDE * 2;
    store<u32>(p + 2, load<u32>(next + (x << 2)));
  }
}

export function run(n: i32): i32 {
  let s: u32 = 4711;
  for (let i: i32 = 0; i < CELLS * GATES * TAPS; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(kernels + i, <i8>(<i32>s >> 24));
  }
  for (let i: i32 = 0; i < CELLS * GATES; i++) {
    s = s * 1664525 + 1013904223;
    store<i16>(bias + (i << 1), <i16>(<i32>s >> 21));
  }
  memory.fill(field, 0, (PLACES + 2) * STRIDE * 2);
  memory.fill(cells, 0, PLACES * CELLS * 2);
  let h: i32 = 0;
  let finger: i32 = 3;
  for (let k: i32 = 0; k < n; k++) {
    for (let t: i32 = 0; t < 2; t++) {
      for (let x: i32 = 0; x < PLACES; x++) {
        s = s * 1664525 + 1013904223;
        const far: i32 = abs(x - finger);
        store<i16>(field + (x + 1) * STRIDE * 2, <i16>((far < 3 ? 1500 - 500 * far : 0) + (<i32>s >> 24)));
      }
      finger = (finger + <i32>(s >> 12 & 3)) % PLACES;
      step();
    }
    let most: i32 = -1;
    let where: i32 = 0;
    for (let x: i32 = 0; x < PLACES; x++) {
      const both: i32 = abs<i32>(load<i16>(next + (x << 2))) + abs<i32>(load<i16>(next + (x << 2), 2));
      h = h * 31 + both;
      if (both > most) {
        most = both;
        where = x;
      }
    }
    h = h * 31 + where;
  }
  return h;
}

// A long short-term memory whose input gate is what the forget gate leaves, with a projection: 10 cells, a state of 5 values, 4 inputs; three gates in three loops over a row of bias, input and state (int8); tanh as (3 x - x^3) / 2 between -1 and 1, the sigmoid out of it; Q12; four steps.
const CELLS: i32 = 10;
const STATE: i32 = 5;
const INPUTS: i32 = 4;
const STEPS: i32 = 4;
const ROW: i32 = STATE + INPUTS;

const frame: StaticArray<i16> = [0, 0, 0, 0, 0, 0, 0, 0, 0];
const WEIGHTS: usize = 1024; // i8[3][10][9]
const bias: StaticArray<i16> = [
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0,
];
const projection: StaticArray<i8> = [
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0,
];
const cell: StaticArray<i32> = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const out: StaticArray<i32> = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

let seed: u32 = 0;

function next(): i32 {
  seed = seed * 1664525 + 1013904223;
  return <i32>seed >> 16;
}

function bend(x: i32): i32 {
  if (x >= 4096) return 4096;
  if (x <= -4096) return -4096;
  const square: i32 = (x * x) >> 12;
  return (x * (12288 - square)) >> 13;
}

function sigmoid(x: i32): i32 {
  return 2048 + (bend(x >> 2) >> 1);
}

function sum(row: i32): i32 {
  let s: i32 = <i32>unchecked(bias[row]) << 6;
  const first: i32 = row * ROW;
  for (let j: i32 = 0; j < ROW; j++) s += <i32>load<i8>(WEIGHTS + first + j) * <i32>unchecked(frame[j]);
  return s >> 6;
}

function step(): void {
  for (let i: i32 = 0; i < CELLS; i++) {
    const forget: i32 = sigmoid(sum(i));
    const candidate: i32 = bend(sum(CELLS + i) >> 1);
    const c: i32 = (forget * unchecked(cell[i]) + (4096 - forget) * candidate) >> 12;
    unchecked((cell[i] = c));
    unchecked((out[i] = (sigmoid(sum(2 * CELLS + i)) * bend(c)) >> 12));
  }
  for (let p: i32 = 0; p < STATE; p++) {
    let s: i32 = 0;
    for (let i: i32 = 0; i < CELLS; i++) s += <i32>projection[p * CELLS + i] * out[i];
    frame[p] = <i16>(s >> 7);
  }
}

export function run(n: i32): i32 {
  seed = 20260;
  for (let i: i32 = 0; i < 3 * CELLS * ROW; i++) store<i8>(WEIGHTS + i, <i8>(next() >> 8));
  for (let i: i32 = 0; i < 3 * CELLS; i++) bias[i] = <i16>(next() >> 4);
  for (let i: i32 = 0; i < STATE * CELLS; i++) projection[i] = <i8>(next() >> 8);
  for (let i: i32 = 0; i < CELLS; i++) cell[i] = 0;
  for (let i: i32 = 0; i < ROW; i++) frame[i] = 0;
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let t: i32 = 0; t < STEPS; t++) {
      for (let j: i32 = 0; j < INPUTS; j++) frame[STATE + j] = <i16>(next() >> 3);
      step();
      for (let p: i32 = 0; p < STATE; p++) h = h * 31 + <i32>frame[p];
    }
    for (let i: i32 = 0; i < CELLS; i++) h = h * 7 + cell[i];
  }
  return h;
}

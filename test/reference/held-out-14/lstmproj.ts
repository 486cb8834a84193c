// Long short-term memory with a projection (LSTMP): 12 cells over 8 inputs, but only six values go back and out, mixed from the cells; int8 weights, gates one row of 56 after the other (input, forget, candidate, output of a cell), Q12, activations by a quotient (x / (1 + |x|)).
const INPUTS: i32 = 8;
const CELLS: i32 = 12;
const OUT: i32 = 6;
const WIDTH: i32 = INPUTS + OUT;

@unmanaged
class Cell {
  c: i32;
  h: i32;
}

const weights = changetype<StaticArray<i8>>(1024);
const biases = changetype<StaticArray<i16>>(1696);
const projection = changetype<StaticArray<i8>>(1792);
const joined = changetype<StaticArray<i16>>(1872); // inputs, then what came back
const cells: usize = 1904; // Cell[12]

function cellAt(c: i32): Cell {
  return changetype<Cell>(cells + c * offsetof<Cell>());
}

function bent(v: i32): i32 {
  return (v << 12) / (4096 + abs(v));
}

function gate(v: i32): i32 {
  return 2048 + (bent(v) >> 1);
}

function step(): void {
  for (let c: i32 = 0; c < CELLS; c++) {
    const cell: Cell = cellAt(c);
    const row: i32 = c * 4 * WIDTH;
    let a: i32 = <i32>unchecked(biases[c * 4]) << 5;
    let f: i32 = <i32>unchecked(biases[c * 4 + 1]) << 5;
    let g: i32 = <i32>unchecked(biases[c * 4 + 2]) << 5;
    let o: i32 = <i32>unchecked(biases[c * 4 + 3]) << 5;
    for (let i: i32 = 0; i < WIDTH; i++) {
      const x: i32 = unchecked(joined[i]);
      a += <i32>unchecked(weights[row + i]) * x;
      f += <i32>unchecked(weights[row + WIDTH + i]) * x;
      g += <i32>unchecked(weights[row + 2 * WIDTH + i]) * x;
      o += <i32>unchecked(weights[row + 3 * WIDTH + i]) * x;
    }
    let next: i32 = (cell.c * gate(f >> 6) + bent(g >> 6) * gate(a >> 6)) >> 12;
    if (next > 32767) next = 32767;
    else if (next < -32768) next = -32768;
    cell.c = next;
    cell.h = (bent(next) * gate(o >> 6)) >> 12;
  }
  for (let p: i32 = 0; p < OUT; p++) {
    let sum: i32 = 64;
    for (let c: i32 = 0; c < CELLS; c++) sum += <i32>unchecked(projection[p * CELLS + c]) * cellAt(c).h;
    unchecked((joined[INPUTS + p] = <i16>(sum >> 7)));
  }
}

export function run(n: i32): i32 {
  let s: u32 = 77;
  for (let i: i32 = 0; i < CELLS * 4 * WIDTH; i++) {
    s = s * 1664525 + 1013904223;
    unchecked((weights[i] = <i8>(<i32>s >> 24)));
  }
  for (let i: i32 = 0; i < CELLS * 4; i++) {
    s = s * 1664525 + 1013904223;
    unchecked((biases[i] = <i16>(<i32>s >> 19)));
  }
  for (let i: i32 = 0; i < OUT * CELLS; i++) {
    s = s * 1664525 + 1013904223;
    unchecked((projection[i] = <i8>(<i32>s >> 25)));
  }
  for (let i: i32 = 0; i < WIDTH; i++) unchecked((joined[i] = 0));
  for (let c: i32 = 0; c < CELLS; c++) {
    cellAt(c).c = 0;
    cellAt(c).h = 0;
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < INPUTS; i++) {
      s = s * 1664525 + 1013904223;
      unchecked((joined[i] = <i16>(<i32>s >> 19)));
    }
    step();
    for (let p: i32 = 0; p < OUT; p++) h = h * 31 + unchecked(joined[INPUTS + p]);
  }
  return h;
}

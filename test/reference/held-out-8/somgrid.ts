// A self-organising map of habits: five by five cells of four values, the cell nearest by absolute differences wins, and the cells around it follow, the less the farther away; rings wider at first; afterwards how unlike neighbours have become.
const SIDE: i32 = 5;
const DIM: i32 = 4;
const CELLS: usize = 1024; // i16[SIDE][SIDE][DIM]
const INPUT: usize = 1280; // i16[DIM]
const INPUTS: i32 = 8;

function cell(row: i32, column: i32): usize {
  return CELLS + ((row * SIDE + column) << 3);
}

function apart(a: usize, b: usize): i32 {
  let sum: i32 = 0;
  for (let j: i32 = 0; j < DIM; j++) {
    const d: i32 = <i32>load<i16>(a + (j << 1)) - <i32>load<i16>(b + (j << 1));
    sum += d < 0 ? -d : d;
  }
  return sum;
}

function winner(): i32 {
  let best: i32 = 0;
  let least: i32 = i32.MAX_VALUE;
  for (let i: i32 = 0; i < SIDE * SIDE; i++) {
    const d: i32 = apart(CELLS + (i << 3), INPUT);
    if (d < least) {
      least = d;
      best = i;
    }
  }
  return (least << 8) | best;
}

function pull(at: i32, radius: i32): void {
  const row: i32 = at / SIDE;
  const column: i32 = at % SIDE;
  const top: i32 = max(row - radius, 0);
  const bottom: i32 = min(row + radius, SIDE - 1);
  const left: i32 = max(column - radius, 0);
  const right: i32 = min(column + radius, SIDE - 1);
  for (let r: i32 = top; r <= bottom; r++)
    for (let c: i32 = left; c <= right; c++) {
      const away: i32 = max(abs(r - row), abs(c - column));
      const p: usize = cell(r, c);
      for (let j: i32 = 0; j < DIM << 1; j += 2) {
        const w: i32 = <i32>load<i16>(p + j);
        store<i16>(p + j, <i16>(w + ((<i32>load<i16>(INPUT + j) - w) >> (2 + away))));
      }
    }
}

/** Mean difference of each cell to those right of it and below. */
function roughness(): i32 {
  let sum: i32 = 0;
  for (let r: i32 = 0; r < SIDE; r++)
    for (let c: i32 = 0; c < SIDE; c++) {
      if (c + 1 < SIDE) sum += apart(cell(r, c), cell(r, c + 1));
      if (r + 1 < SIDE) sum += apart(cell(r, c), cell(r + 1, c));
    }
  return sum / (2 * SIDE * (SIDE - 1));
}

export function run(n: i32): i32 {
  let s: u32 = 19;
  for (let p: usize = CELLS; p < CELLS + 200; p += 2) {
    s = s * 1664525 + 1013904223;
    store<i16>(p, <i16>(<i32>s >> 20));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let q: i32 = 0; q < INPUTS; q++) {
      s = s * 1664525 + 1013904223;
      const habit: i32 = <i32>(s >> 30);
      for (let j: i32 = 0; j < DIM; j++) {
        s = s * 1664525 + 1013904223;
        store<i16>(INPUT + (j << 1), <i16>((j == habit ? 1500 : -400) + (<i32>s >> 22)));
      }
      const found: i32 = winner();
      pull(found & 255, q < 3 ? 2 : 1);
      h = h * 31 + found;
    }
    h = h * 31 + roughness();
  }
  return h;
}

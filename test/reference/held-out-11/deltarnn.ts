// A recurrent network that only works on what changes: products are kept as running sums, and only inputs and states that moved by more than a threshold since they were last sent (most do not) add their column times the difference; 20 units, 6 inputs, int8 columns, states in Q8; six steps.
const UNITS: i32 = 20;
const INPUTS: i32 = 6;
const SOURCES: i32 = INPUTS + UNITS;
const STEPS: i32 = 6;
const THRESHOLD: i32 = 24;

const columns: usize = 1024; // i8[26][20]
const sums: usize = 2048; // i32[20]
const now: usize = 2176; // i16[26]: inputs, then states
const sent: usize = 2304; // i16[26]

function spread(column: usize, change: i32): void {
  let sum: usize = sums;
  for (let u: i32 = 0; u < UNITS; u++) {
    store<i32>(sum, load<i32>(sum) + <i32>load<i8>(column + u) * change);
    sum += 4;
  }
}

/** How many columns were worked on. */
function deltas(): i32 {
  let moved: i32 = 0;
  for (let j: i32 = 0; j < SOURCES; j++) {
    const value: i32 = load<i16>(now + (j << 1));
    const change: i32 = value - load<i16>(sent + (j << 1));
    if (change > THRESHOLD || change < -THRESHOLD) {
      store<i16>(sent + (j << 1), <i16>value);
      spread(columns + j * UNITS, change);
      moved++;
    }
  }
  return moved;
}

function update(): void {
  for (let u: i32 = 0; u < UNITS; u++) {
    let a: i32 = load<i32>(sums + (u << 2)) >> 6;
    if (a > 256) a = 256;
    else if (a < -256) a = -256;
    const state: usize = now + ((INPUTS + u) << 1);
    const old: i32 = load<i16>(state);
    store<i16>(state, <i16>(old + ((a - old) >> 1)));
  }
}

export function run(n: i32): i32 {
  let s: u32 = 3;
  for (let i: i32 = 0; i < SOURCES * UNITS; i++) {
    s = s * 69069 + 1;
    store<i8>(columns + i, <i8>((<i32>s) >> 25));
  }
  memory.fill(sums, 0, 4 * UNITS);
  memory.fill(now, 0, 2 * SOURCES);
  memory.fill(sent, 0, 2 * SOURCES);
  let h: i32 = 0;
  while (n-- > 0) {
    for (let t: i32 = 0; t < STEPS; t++) {
      for (let i: i32 = 0; i < INPUTS; i++) {
        s = s * 69069 + 1;
        // small noise, now and then a leap
        let v: i32 = load<i16>(now + (i << 1)) + ((<i32>s) >> 28);
        if (((s >> 8) & 7) == 0) v = ((<i32>s) >> 22) >> 1;
        store<i16>(now + (i << 1), <i16>v);
      }
      h = h * 31 + deltas();
      update();
    }
    for (let u: i32 = 0; u < UNITS; u++) h = h * 31 + load<i16>(now + ((INPUTS + u) << 1));
  }
  return h;
}

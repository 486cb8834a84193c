// A recurrent layer whose matrix consists of circulant blocks of eight: 24 units see 8 inputs and themselves, of each block only the first column is kept (int8); the index turns within the block; sums of 32 bits, a relu that leaks and a ceiling; two steps.
const UNITS: i32 = 24;
const INPUTS: i32 = 8;
const SEEN: i32 = UNITS + INPUTS;
const DOWN: i32 = UNITS >> 3;
const ACROSS: i32 = SEEN >> 3;
const STATE: usize = 1024; // i16[SEEN]: units, then inputs
const SUMS: usize = 1152; // i32[8]
const NEXT: usize = 1216; // i16[UNITS]
const COLUMNS: usize = 1536; // i8[DOWN][ACROSS][8]

// @ts-ignore: decorator
@inline
function bend(v: i32): i32 {
  return v < 0 ? max(v >> 3, -4096) : min(v, 4095);
}

function blockRow(columns: usize): void {
  memory.fill(SUMS, 0, 32);
  for (let b: i32 = 0; b < ACROSS; b++) {
    const c: usize = columns + (b << 3);
    for (let j: i32 = 0; j < 8; j++) {
      const x: i32 = <i32>load<i16>(STATE + (((b << 3) + j) << 1));
      if (x == 0) continue;
      for (let i: i32 = 0; i < 8; i++) {
        const at: usize = SUMS + (i << 2);
        store<i32>(at, load<i32>(at) + x * <i32>load<i8>(c + ((i - j) & 7)));
      }
    }
  }
}

function step(): void {
  for (let d: i32 = 0; d < DOWN; d++) {
    blockRow(COLUMNS + d * SEEN);
    for (let i: i32 = 0; i < 8; i++) {
      store<i16>(NEXT + (((d << 3) + i) << 1), <i16>bend(load<i32>(SUMS + (i << 2)) >> 8));
    }
  }
  memory.copy(STATE, NEXT, UNITS << 1);
}

export function run(n: i32): i32 {
  let s: u32 = 417;
  for (let i: i32 = 0; i < DOWN * SEEN; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(COLUMNS + i, <i8>(<i32>s >> 24));
  }
  memory.fill(STATE, 0, SEEN << 1);
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let t: i32 = 0; t < 2; t++) {
      for (let j: i32 = UNITS; j < SEEN; j++) {
        s = s * 1664525 + 1013904223;
        store<i16>(STATE + (j << 1), <i16>(<i32>s >> 21));
      }
      step();
    }
    for (let i: i32 = 0; i < UNITS; i++) h = (h << 5) - h + <i32>load<i16>(STATE + (i << 1));
  }
  return h;
}

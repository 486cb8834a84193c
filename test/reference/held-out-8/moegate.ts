// A layer of six experts of which two are asked: scores by a small matrix plus a bias that keeps the load even, the best two by one walk, their answers (eight by eight, int8) mixed by how far their scores lie apart; six inputs, loads counted.
const DIM: i32 = 8;
const EXPERTS: i32 = 6;
const INPUTS: i32 = 6;
const GATE: usize = 1024; // i8[EXPERTS][DIM]
const WEIGHTS: usize = 1088; // i8[EXPERTS][DIM][DIM]
const BIAS: usize = 1536; // i32[EXPERTS]
const LOAD: usize = 1568; // i32[EXPERTS]
const X: usize = 1600; // i16[DIM]
const Y: usize = 1632; // i32[DIM]

function score(e: i32): i32 {
  let sum: i32 = load<i32>(BIAS + (e << 2));
  for (let j: i32 = 0; j < DIM; j++) sum += <i32>load<i8>(GATE + e * DIM + j) * <i32>load<i16>(X + (j << 1));
  return sum;
}

function ask(e: i32, weight: i32): void {
  for (let i: i32 = 0; i < DIM; i++) {
    let sum: i32 = 0;
    const row: usize = WEIGHTS + (e * DIM + i) * DIM;
    for (let j: i32 = 0; j < DIM; j += 2) {
      sum += <i32>load<i8>(row + j) * <i32>load<i16>(X + (j << 1));
      sum += <i32>load<i8>(row + j, 1) * <i32>load<i16>(X + (j << 1), 2);
    }
    if (sum < 0) sum = 0;
    store<i32>(Y + (i << 2), load<i32>(Y + (i << 2)) + ((sum >> 7) * weight));
  }
  store<i32>(LOAD + (e << 2), load<i32>(LOAD + (e << 2)) + 1);
}

function layer(): i32 {
  let first: i32 = 0;
  let second: i32 = -1;
  let high: i32 = score(0);
  let low: i32 = 0;
  for (let e: i32 = 1; e < EXPERTS; e++) {
    const v: i32 = score(e);
    if (v > high) {
      second = first;
      low = high;
      first = e;
      high = v;
    } else if (second < 0 || v > low) {
      second = e;
      low = v;
    }
  }
  const lead: i32 = 128 + min((high - low) >> 6, 127);
  memory.fill(Y, 0, DIM << 2);
  ask(first, lead);
  ask(second, 256 - lead);
  return (first << 12) | (second << 8) | lead;
}

function balance(): void {
  for (let e: i32 = 0; e < EXPERTS; e++) {
    const at: usize = BIAS + (e << 2);
    const twice: i32 = load<i32>(LOAD + (e << 2)) * EXPERTS;
    if (twice > 2 * INPUTS) store<i32>(at, load<i32>(at) - 900);
    else if (twice < 2 * INPUTS) store<i32>(at, load<i32>(at) + 700);
    store<i32>(LOAD + (e << 2), 0);
  }
}

export function run(n: i32): i32 {
  let s: u32 = 47;
  for (let p: usize = GATE; p < BIAS; p++) {
    s = s * 1664525 + 1013904223;
    store<i8>(p, <i8>(<i32>s >> 24));
  }
  memory.fill(BIAS, 0, X - BIAS);
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let q: i32 = 0; q < INPUTS; q++) {
      for (let j: i32 = 0; j < DIM; j++) {
        s = s * 1664525 + 1013904223;
        store<i16>(X + (j << 1), <i16>(200 + (<i32>s >> 22)));
      }
      h = h * 31 + layer();
      for (let i: i32 = 0; i < DIM; i++) h = h * 31 + (load<i32>(Y + (i << 2)) >> 8);
    }
    for (let e: i32 = 0; e < EXPERTS; e++) h = h * 5 + load<i32>(LOAD + (e << 2));
    balance();
  }
  return h;
}

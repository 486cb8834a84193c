// A net that remembers: 18 neurons of -1 and 1, weights (int8) the sum of products of four patterns; a spoilt pattern settles neuron by neuron until a whole round changes nothing (five at most); how near the end is to each pattern, and its energy; each time the oldest pattern is taken out and a new one put in.
const N: i32 = 18;
const KEPT: i32 = 4;

const WEIGHTS: usize = 1024; // i8[18][18]
const patterns: StaticArray<i8> = [
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
];
const state: StaticArray<i8> = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

let seed: u32 = 1;

function next(): u32 {
  seed = seed * 1664525 + 1013904223;
  return seed >> 16;
}

function learn(first: i32, sign: i32): void {
  for (let i: i32 = 0; i < N; i++) {
    const a: i32 = sign * <i32>unchecked(patterns[first + i]);
    for (let j: i32 = 0; j < N; j++)
      if (i != j) {
        const w: usize = WEIGHTS + i * N + j;
        store<i8>(w, <i8>(<i32>load<i8>(w) + a * <i32>unchecked(patterns[first + j])));
      }
  }
}

function renew(slot: i32): void {
  for (let i: i32 = 0; i < N; i++) patterns[slot * N + i] = next() & 8 ? 1 : -1;
  learn(slot * N, 1);
}

function settle(): i32 {
  let rounds: i32 = 0;
  let changed: bool = true;
  while (changed && rounds < 5) {
    changed = false;
    for (let i: i32 = 0; i < N; i++) {
      let sum: i32 = 0;
      for (let j: i32 = 0; j < N; j++) sum += <i32>load<i8>(WEIGHTS + i * N + j) * <i32>unchecked(state[j]);
      if (sum == 0) continue;
      const v: i8 = sum > 0 ? 1 : -1;
      if (v != unchecked(state[i])) {
        unchecked((state[i] = v));
        changed = true;
      }
    }
    rounds++;
  }
  return rounds;
}

export function run(n: i32): i32 {
  seed = 40404;
  for (let i: i32 = 0; i < N * N; i++) store<i8>(WEIGHTS + i, 0);
  for (let p: i32 = 0; p < KEPT; p++) renew(p);
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    const asked: i32 = next() & 3;
    for (let i: i32 = 0; i < N; i++) {
      const v: i8 = patterns[asked * N + i];
      state[i] = next() % 5 == 0 ? -v : v;
    }
    const rounds: i32 = settle();
    let energy: i32 = 0;
    for (let i: i32 = 0; i < N; i++)
      for (let j: i32 = 0; j < i; j++) energy -= <i32>load<i8>(WEIGHTS + i * N + j) * <i32>state[i] * <i32>state[j];
    h = h * 31 + energy * 8 + rounds;
    for (let p: i32 = 0; p < KEPT; p++) {
      let same: i32 = 0;
      for (let i: i32 = 0; i < N; i++) if (state[i] == patterns[p * N + i]) same++;
      h = h * 31 + same;
    }
    const oldest: i32 = k & 3;
    learn(oldest * N, -1);
    renew(oldest);
  }
  return h;
}

// Capsules that agree: six of four values each foresee three of the next layer by matrices of int8, three rounds of routing (shares by powers of two and one quotient, a squash by root and 64-bit quotient, agreement added to the logits); the longest capsule wins.
const LOWER: i32 = 6;
const UPPER: i32 = 3;
const D: i32 = 4;
const ROUNDS: i32 = 3;
const U: usize = 1024; // i8[LOWER][D]
const LOGIT: usize = 1056; // i32[LOWER][UPPER]
const SHARE: usize = 1152; // i32[LOWER][UPPER]
const V: usize = 1248; // i32[UPPER][D]
const HAT: usize = 1344; // i32[LOWER][UPPER][D]
const W: usize = 2048; // i8[LOWER][UPPER][D][D]

function root(x: u32): u32 {
  let bit: u32 = 1 << 30;
  let r: u32 = 0;
  while (bit > x) bit >>= 2;
  while (bit != 0) {
    if (x >= r + bit) {
      x -= r + bit;
      r = (r >> 1) + bit;
    } else r >>= 1;
    bit >>= 2;
  }
  return r;
}

function foresee(): void {
  let w: usize = W;
  let out: usize = HAT;
  for (let i: i32 = 0; i < LOWER; i++)
    for (let j: i32 = 0; j < UPPER; j++)
      for (let d: i32 = 0; d < D; d++) {
        let sum: i32 = 0;
        for (let e: i32 = 0; e < D; e++) sum += <i32>load<i8>(w++) * <i32>load<i8>(U + i * D + e);
        store<i32>(out, sum >> 7);
        out += 4;
      }
}

function shares(): void {
  for (let i: i32 = 0; i < LOWER; i++) {
    const row: usize = i * (UPPER << 2);
    let most: i32 = load<i32>(LOGIT + row);
    for (let j: i32 = 4; j < UPPER << 2; j += 4) most = max(most, load<i32>(LOGIT + row + j));
    let total: i32 = 0;
    for (let j: i32 = 0; j < UPPER << 2; j += 4) {
      const below: i32 = most - load<i32>(LOGIT + row + j);
      const whole: i32 = below >> 6;
      const e: i32 = whole > 13 ? 0 : (8192 - ((below & 63) << 6)) >> whole;
      store<i32>(SHARE + row + j, e);
      total += e;
    }
    for (let j: i32 = 0; j < UPPER << 2; j += 4) store<i32>(SHARE + row + j, (load<i32>(SHARE + row + j) << 12) / total);
  }
}

function gather(j: i32): i32 {
  const v: usize = V + j * (D << 2);
  let square: i32 = 0;
  for (let d: i32 = 0; d < D; d++) {
    let sum: i32 = 0;
    for (let i: i32 = 0; i < LOWER; i++)
      sum += load<i32>(SHARE + ((i * UPPER + j) << 2)) * load<i32>(HAT + (((i * UPPER + j) * D + d) << 2));
    sum >>= 12;
    store<i32>(v + (d << 2), sum);
    square += sum * sum;
  }
  const length: i32 = <i32>root(<u32>square);
  for (let d: i32 = 0; d < D; d++) {
    const s: i64 = <i64>load<i32>(v + (d << 2));
    store<i32>(v + (d << 2), <i32>(((s * <i64>length) << 7) / <i64>(16384 + square)));
  }
  return length;
}

function agree(): void {
  for (let i: i32 = 0; i < LOWER * UPPER; i++) {
    const j: i32 = i % UPPER;
    let sum: i32 = 0;
    for (let d: i32 = 0; d < D; d++) sum += load<i32>(HAT + ((i * D + d) << 2)) * load<i32>(V + ((j * D + d) << 2));
    store<i32>(LOGIT + (i << 2), load<i32>(LOGIT + (i << 2)) + (sum >> 7));
  }
}

export function run(n: i32): i32 {
  let s: u32 = 37;
  for (let p: usize = W; p < W + LOWER * UPPER * D * D; p++) {
    s = s * 1103515245 + 12345;
    store<i8>(p, <i8>(<i32>s >> 24));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let p: usize = U; p < U + LOWER * D; p++) {
      s = s * 1103515245 + 12345;
      store<i8>(p, <i8>(<i32>s >> 24));
    }
    foresee();
    memory.fill(LOGIT, 0, LOWER * UPPER * 4);
    let best: i32 = 0;
    for (let round: i32 = 1; round <= ROUNDS; round++) {
      shares();
      let longest: i32 = -1;
      for (let j: i32 = 0; j < UPPER; j++) {
        const length: i32 = gather(j);
        if (length > longest) {
          longest = length;
          best = j;
        }
      }
      h = h * 31 + longest;
      if (round < ROUNDS) agree();
    }
    for (let p: usize = V; p < V + UPPER * D * 4; p += 4) h = h * 31 + load<i32>(p);
    h ^= best << 20;
  }
  return h;
}

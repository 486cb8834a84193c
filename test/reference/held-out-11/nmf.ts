// Which muscles work together: 6 channels at 9 times as a product of two matrices without negative numbers (three synergies), a round of Lee and Seung's multiplications for either side: each number times a quotient of sums; numbers in Q8, quotients of 64 bits where they must be; then what is left over.
const CHANNELS: i32 = 6;
const TIMES: i32 = 9;
const RANK: i32 = 3;

const V: usize = 1024; // u16[6][9]
const W: usize = 1152; // i32[6][3]
const H: usize = 1280; // i32[3][9]
const G: usize = 1408; // i32[3][3]

function cell(m: usize, index: i32): i32 {
  return load<i32>(m + (index << 2));
}

function scaled(old: i32, above: i64, below: i64): i32 {
  const v: i64 = (<i64>old * above) / (below + 1);
  return v > 65535 ? 65535 : v < 1 ? 1 : <i32>v;
}

/** W' W, or H H'. */
function gram(m: usize, count: i32, along: i32, across: i32): void {
  for (let a: i32 = 0; a < RANK; a++)
    for (let b: i32 = a; b < RANK; b++) {
      let sum: i64 = 0;
      for (let i: i32 = 0; i < count; i++)
        sum += <i64>cell(m, i * along + a * across) * <i64>cell(m, i * along + b * across);
      const v: i32 = <i32>min<i64>(sum >> 8, 0x3fffffff);
      store<i32>(G + ((a * RANK + b) << 2), v);
      store<i32>(G + ((b * RANK + a) << 2), v);
    }
}

function improveH(): void {
  gram(W, CHANNELS, RANK, 1);
  for (let t: i32 = 0; t < TIMES; t++) {
    const h0: i32 = cell(H, t);
    const h1: i32 = cell(H, t + TIMES);
    const h2: i32 = cell(H, t + 2 * TIMES);
    for (let r: i32 = 0; r < RANK; r++) {
      let above: i64 = 0;
      for (let c: i32 = 0; c < CHANNELS; c++)
        above += <i64>cell(W, c * RANK + r) * <i64>load<u16>(V + ((c * TIMES + t) << 1));
      const below: i64 =
        <i64>cell(G, r * RANK) * h0 + <i64>cell(G, r * RANK + 1) * h1 + <i64>cell(G, r * RANK + 2) * h2;
      const at: usize = H + ((r * TIMES + t) << 2);
      store<i32>(at, scaled(load<i32>(at), above, below >> 8));
    }
  }
}

function improveW(): void {
  gram(H, TIMES, 1, TIMES);
  for (let c: i32 = 0; c < CHANNELS; c++) {
    const w: usize = W + ((c * RANK) << 2);
    const w0: i32 = load<i32>(w);
    const w1: i32 = load<i32>(w, 4);
    const w2: i32 = load<i32>(w, 8);
    for (let r: i32 = 0; r < RANK; r++) {
      let above: i64 = 0;
      for (let t: i32 = 0; t < TIMES; t++)
        above += <i64>cell(H, r * TIMES + t) * <i64>load<u16>(V + ((c * TIMES + t) << 1));
      const below: i64 = <i64>cell(G, r) * w0 + <i64>cell(G, r + RANK) * w1 + <i64>cell(G, r + 2 * RANK) * w2;
      store<i32>(w + (r << 2), scaled(load<i32>(w + (r << 2)), above, below >> 8));
    }
  }
}

function left(): i32 {
  let sum: i32 = 0;
  for (let c: i32 = 0; c < CHANNELS; c++)
    for (let t: i32 = 0; t < TIMES; t++) {
      let made: i64 = 0;
      for (let r: i32 = 0; r < RANK; r++) made += <i64>cell(W, c * RANK + r) * <i64>cell(H, r * TIMES + t);
      sum += abs(<i32>(made >> 8) - <i32>load<u16>(V + ((c * TIMES + t) << 1)));
    }
  return sum;
}

export function run(n: i32): i32 {
  let s: u32 = 1999;
  for (let i: i32 = 0; i < CHANNELS * TIMES; i++) {
    s = s * 1664525 + 1013904223;
    store<u16>(V + (i << 1), <u16>(s >> 22));
  }
  for (let i: i32 = 0; i < CHANNELS * RANK; i++) {
    s = s * 1664525 + 1013904223;
    store<i32>(W + (i << 2), 64 + <i32>(s >> 24));
  }
  for (let i: i32 = 0; i < TIMES * RANK; i++) {
    s = s * 1664525 + 1013904223;
    store<i32>(H + (i << 2), 64 + <i32>(s >> 24));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    improveH();
    improveW();
    h = h * 31 + left();
    for (let i: i32 = 0; i < CHANNELS * RANK; i++) h = h * 31 + cell(W, i);
    for (let i: i32 = 0; i < TIMES * RANK; i++) h = h * 31 + cell(H, i);
    // one more reading: the times move on by one
    for (let c: i32 = 0; c < CHANNELS; c++) {
      const row: usize = V + ((c * TIMES) << 1);
      memory.copy(row, row + 2, (TIMES - 1) << 1);
      s = s * 1664525 + 1013904223;
      store<u16>(row + ((TIMES - 1) << 1), <u16>(s >> 22));
    }
  }
  return h;
}

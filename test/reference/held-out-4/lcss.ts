// Longest common subsequence of two gestures (three axes, int8) within a band and a tolerance; two rows of the table.
const LEN: i32 = 32;
const BAND: i32 = 6;
const A: usize = 1024; // int8[32][3]
const B: usize = 1280;
const ROWS: usize = 2048; // u16[2][33]

function fill(): void {
  for (let i: i32 = 0; i < LEN * 3; i++) {
    store<i8>(A + <usize>i, <i8>((i * i * 3) >> 3));
    store<i8>(B + <usize>i, <i8>(((i + 2) * (i + 1) * 3) >> 3));
  }
}

function near(p: usize, q: usize, tolerance: i32): bool {
  for (let c: usize = 0; c < 3; c++) {
    const d: i32 = <i32>load<i8>(p + c) - <i32>load<i8>(q + c);
    if (d > tolerance || d < -tolerance) return false;
  }
  return true;
}

function common(tolerance: i32): i32 {
  for (let j: usize = 0; j <= 2 * 33; j++) store<u16>(ROWS + (j << 1), 0);
  let above: usize = ROWS;
  let row: usize = ROWS + 66;
  for (let i: i32 = 1; i <= LEN; i++) {
    const from: i32 = i > BAND ? i - BAND : 1;
    const to: i32 = i + BAND < LEN ? i + BAND : LEN;
    store<u16>(row + ((<usize>(from - 1)) << 1), 0);
    for (let j: i32 = from; j <= to; j++) {
      const at: usize = (<usize>j) << 1;
      let best: u32;
      if (near(A + <usize>(i * 3 - 3), B + <usize>(j * 3 - 3), tolerance))
        best = <u32>load<u16>(above + at - 2) + 1;
      else {
        best = <u32>load<u16>(above + at);
        const left: u32 = <u32>load<u16>(row + at - 2);
        if (left > best) best = left;
      }
      store<u16>(row + at, <u16>best);
    }
    const swap: usize = above;
    above = row;
    row = swap;
  }
  return <i32>load<u16>(above, 64);
}

export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    store<i8>(A + <usize>((k * 7) % 96), <i8>(k * 3));
    h = h * 31 + common(12 + (k & 7));
  }
  return h;
}

// y += W[:, j] * x[j], weights by columns: inputs that are zero are skipped, sums lie in memory.
const N: i32 = 64; // outputs
const M: i32 = 40; // inputs
const W: usize = 8192; // int8[40][64]
const X: usize = 1024; // int8[40]
const Y: usize = 2048; // int32[64]

function fill(): void {
  let s: u32 = 987654321;
  for (let i: usize = 0; i < <usize>(N * M); i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(W + i, <i8>(s >> 23));
  }
}

function input(k: i32): void {
  for (let j: i32 = 0; j < M; j++) {
    const v: i32 = ((j * 37 + k * 11) & 63) - 32;
    store<i8>(X + <usize>j, <i8>(v < 0 ? 0 : v)); // behind a relu
  }
}

function multiply(): void {
  for (let i: usize = 0; i < <usize>N; i++) store<i32>(Y + (i << 2), 1 << 7);
  let w: usize = W;
  for (let j: i32 = 0; j < M; j++) {
    const x: i32 = <i32>load<i8>(X + <usize>j);
    if (x != 0) {
      for (let i: usize = 0; i < <usize>N; i++) {
        const y: usize = Y + (i << 2);
        store<i32>(y, load<i32>(y) + <i32>load<i8>(w + i) * x);
      }
    }
    w += <usize>N;
  }
}

export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    input(k);
    multiply();
    h = h * 31 + (load<i32>(Y + ((<usize>(k & 63)) << 2)) >> 8);
  }
  return h;
}

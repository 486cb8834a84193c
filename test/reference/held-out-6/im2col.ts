// A 3 x 3 convolution over 8 x 8 pixels of three channels as a product of matrices: patches unrolled into two columns of int16, four filters taken two at a time, two by two sums; the edges are padded.
const SIDE: i32 = 8;
const DEPTH: i32 = 3;
const FILTERS: i32 = 4;
const PATCH: i32 = 27;

const image = changetype<StaticArray<i8>>(memory.data(SIDE * SIDE * DEPTH, 4));
const kernels = changetype<StaticArray<i8>>(memory.data(FILTERS * PATCH, 4));
const bias = changetype<StaticArray<i32>>(memory.data(FILTERS * 4, 4));
const columns = changetype<StaticArray<i16>>(memory.data(2 * PATCH * 2, 4));
const out = changetype<StaticArray<i8>>(memory.data(SIDE * SIDE * FILTERS, 4));

function gather(y: i32, x: i32, to: i32): void {
  for (let dy = y - 1; dy <= y + 1; dy++)
    for (let dx = x - 1; dx <= x + 1; dx++) {
      if (dy < 0 || dy >= SIDE || dx < 0 || dx >= SIDE) {
        for (let c = 0; c < DEPTH; c++) unchecked((columns[to++] = 0));
      } else {
        const from = (dy * SIDE + dx) * DEPTH;
        for (let c = 0; c < DEPTH; c++) unchecked((columns[to++] = <i16>image[from + c] + 3));
      }
    }
}

function shrink(v: i32): i8 {
  v = (v + (1 << 8)) >> 9;
  return <i8>min(max(v, -128), 127);
}

function multiply(at: i32): void {
  for (let f = 0; f < FILTERS; f += 2) {
    let a = f * PATCH;
    let b = a + PATCH;
    let s00 = unchecked(bias[f]);
    let s01 = s00;
    let s10 = unchecked(bias[f + 1]);
    let s11 = s10;
    for (let i = 0; i < PATCH; i++) {
      const w0 = <i32>unchecked(kernels[a++]);
      const w1 = <i32>unchecked(kernels[b++]);
      const c0 = <i32>unchecked(columns[i]);
      const c1 = <i32>unchecked(columns[i + PATCH]);
      s00 += w0 * c0;
      s01 += w0 * c1;
      s10 += w1 * c0;
      s11 += w1 * c1;
    }
    unchecked((out[at + f] = shrink(s00)));
    unchecked((out[at + f + 1] = shrink(s10)));
    unchecked((out[at + FILTERS + f] = shrink(s01)));
    unchecked((out[at + FILTERS + f + 1] = shrink(s11)));
  }
}

function convolve(): void {
  let filled = 0;
  let at = 0;
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++) {
      gather(y, x, filled * PATCH);
      if (++filled == 2) {
        multiply(at);
        at += 2 * FILTERS;
        filled = 0;
      }
    }
}

export function run(n: i32): i32 {
  for (let i = 0; i < FILTERS * PATCH; i++) unchecked((kernels[i] = <i8>((i * i * 31 + i * 7) ^ 0x35)));
  for (let f = 0; f < FILTERS; f++) unchecked((bias[f] = f * 999 - 1500));
  let h = 0;
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < SIDE * SIDE * DEPTH; i++) unchecked((image[i] = <i8>((i * (k + 3) * 19) >> 1)));
    convolve();
    for (let i = 0; i < SIDE * SIDE * FILTERS; i += 3) h = (h << 3) - h + unchecked(out[i]);
  }
  return h;
}

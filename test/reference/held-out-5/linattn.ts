// Linear attention, streamed: relu features of keys and queries, a running matrix of key times value that forgets, each output divided by a running sum.
@unmanaged
class Head {
  matrix: usize;
  norm: usize;
  decay: i32;
}

const DIM: i32 = 8;
const STEPS: i32 = 12;
const head = changetype<Head>(512);
const QUERY: usize = 600;
const KEY: usize = 632;
const VALUE: usize = 664;
const OUT: usize = 1024;
const PROJECT: usize = 2048; // i8[24][8]

function projection(x: u32, at: usize, rows: usize, positive: bool): void {
  for (let r: usize = 0; r < 8; r++) {
    let acc: i32 = 0;
    const row: usize = PROJECT + ((rows + r) << 3);
    for (let c: usize = 0; c < 8; c++) acc += <i32>load<i8>(row + c) * <i32>((x >> (<u32>c << 2)) & 15);
    if (positive) acc = acc < 0 ? 1 : acc + 1;
    store<i32>(at + (r << 2), acc >> 4);
  }
}

function accumulate(h: Head): void {
  const m = h.matrix;
  for (let i: i32 = 0; i < DIM; i++) {
    const key = load<i32>(KEY + ((<usize>i) << 2));
    const at = h.norm + ((<usize>i) << 2);
    store<i32>(at, ((load<i32>(at) * h.decay) >> 8) + key);
    for (let j: i32 = 0; j < DIM; j++) {
      const cell = m + ((<usize>(i * DIM + j)) << 2);
      store<i32>(cell, ((load<i32>(cell) * h.decay) >> 8) + key * load<i32>(VALUE + ((<usize>j) << 2)));
    }
  }
}

function read(h: Head, out: usize): void {
  let below: i32 = 1;
  for (let i: i32 = 0; i < DIM; i++)
    below += (load<i32>(QUERY + ((<usize>i) << 2)) * load<i32>(h.norm + ((<usize>i) << 2))) >> 4;
  for (let j: i32 = 0; j < DIM; j++) {
    let above: i32 = 0;
    for (let i: i32 = 0; i < DIM; i++)
      above += load<i32>(QUERY + ((<usize>i) << 2)) * (load<i32>(h.matrix + ((<usize>(i * DIM + j)) << 2)) >> 4);
    store<i32>(out + ((<usize>j) << 2), above / below);
  }
}

export function run(n: i32): i32 {
  head.matrix = 4096;
  head.norm = 4096 + 256;
  head.decay = 250;
  for (let i: usize = 0; i < 24 * 8; i++) store<i8>(PROJECT + i, <i8>(i * 83 + 19));
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    memory.fill(head.matrix, 0, 256 + 32);
    let x: u32 = 0x1d872b41 + <u32>k * 7;
    for (let t: i32 = 0; t < STEPS; t++) {
      x = rotl(x, 7) * 0x9e3779b1;
      projection(x, QUERY, 0, true);
      projection(x ^ 0x55555555, KEY, 8, true);
      projection(x >> 3, VALUE, 16, false);
      accumulate(head);
      read(head, OUT);
      h = h * 31 + load<i32>(OUT + ((<usize>(t & 7)) << 2));
    }
  }
  return h;
}

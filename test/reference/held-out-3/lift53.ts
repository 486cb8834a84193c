// Lifting of the 5/3 wavelet in place over three levels, then the energy of each band.
const data: usize = 2048; // i32

function lift(length: i32, stride: i32): void {
  for (let i = stride; i < length; i += 2 * stride) {
    const left = load<i32>(data + (<usize>(i - stride) << 2));
    const next = i + stride < length ? load<i32>(data + (<usize>(i + stride) << 2)) : left;
    const p = data + (<usize>i << 2);
    store<i32>(p, load<i32>(p) - ((left + next) >> 1));
  }
  for (let i = 0; i < length; i += 2 * stride) {
    const right = load<i32>(data + (<usize>(i + stride) << 2));
    const left = i >= stride ? load<i32>(data + (<usize>(i - stride) << 2)) : right;
    const p = data + (<usize>i << 2);
    store<i32>(p, load<i32>(p) + ((left + right + 2) >> 2));
  }
}

function energy(from: i32, step: i32, length: i32): u32 {
  let sum: u32 = 0;
  for (let i = from; i < length; i += step) {
    const v = load<i32>(data + (<usize>i << 2));
    sum += <u32>(v * v) >> 4;
  }
  return sum;
}

export function run(n: i32): i32 {
  let total: u32 = 0;
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < 128; i++) store<i32>(data + (<usize>i << 2), ((i * i * 3 + k * 11) & 1023) - 512);
    for (let s = 1; s <= 4; s <<= 1) {
      lift(128, s);
      total = total * 7 + energy(s, 2 * s, 128);
    }
    total += energy(0, 8, 128);
  }
  return total;
}

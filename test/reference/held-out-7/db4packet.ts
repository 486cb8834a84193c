// A packet of wavelets, Daubechies' four coefficients, periodic: three levels of 64 samples of 16 bits, every band split again, in place by a spare row; the energies of the eight bands in 64 bits, their logarithms in steps of an eighth.
const LENGTH: i32 = 64;
const DATA: usize = 1024; // i32[LENGTH]
const SPARE: usize = 1280; // i32[LENGTH]
const H0: i32 = 7913;
const H1: i32 = 13706;
const H2: i32 = 3672;
const H3: i32 = -2120;

function split(from: usize, length: i32): void {
  const half: usize = <usize>length << 1;
  for (let i: i32 = 0; i < length; i += 2) {
    const a: i32 = load<i32>(from + (<usize>i << 2));
    const b: i32 = load<i32>(from + (<usize>i << 2), 4);
    const c: i32 = load<i32>(from + (<usize>((i + 2) & (length - 1)) << 2));
    const d: i32 = load<i32>(from + (<usize>((i + 3) & (length - 1)) << 2));
    const to: usize = SPARE + (<usize>i << 1);
    store<i32>(to, (H0 * a + H1 * b + H2 * c + H3 * d + 8192) >> 14);
    store<i32>(to + half, (H3 * a - H2 * b + H1 * c - H0 * d + 8192) >> 14);
  }
  for (let i: usize = 0; i < <usize>length << 2; i += 8) store<i64>(from + i, load<i64>(SPARE + i));
}

function loudness(energy: u64): i32 {
  if (energy == 0) return 0;
  const top: i32 = 63 - <i32>clz(energy);
  const below: i32 = top >= 3 ? <i32>(energy >> (top - 3)) & 7 : <i32>(energy << (3 - top)) & 7;
  return (top << 3) | below;
}

export function run(n: i32): i32 {
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < LENGTH; i++) {
      const slow: i32 = (i + k) & 16 ? 3000 - (i & 15) * 300 : -2000 + (i & 15) * 320;
      store<i32>(DATA + (<usize>i << 2), slow + (((i * i * 1201 + k * 97) & 2047) - 1024));
    }
    for (let length: i32 = LENGTH; length > LENGTH / 8; length >>= 1)
      for (let at: i32 = 0; at < LENGTH; at += length) split(DATA + (<usize>at << 2), length);
    for (let band: usize = 0; band < 8; band++) {
      let energy: u64 = 0;
      for (let i: usize = 0; i < 8; i++) {
        const v: i64 = <i64>load<i32>(DATA + (band << 5) + (i << 2));
        energy += <u64>(v * v);
      }
      h = h * 31 + loudness(energy);
      h ^= <i32>(energy >> 5);
    }
  }
  return h;
}

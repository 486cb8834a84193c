// A convolution without products (adder network): 14 frames of six values (int8), eight filters of three frames, each answers by how far the piece of the input lies from it (sum of absolute differences, less than nothing), an offset and a shift by filter, relu; then a second layer of four filters over three of those; the greatest of each filter is kept.
const FRAMES: i32 = 14;
const A: i32 = 6;
const B: i32 = 8;
const C: i32 = 4;
const TAPS: i32 = 3;

const x = changetype<StaticArray<i8>>(1024);
const y = changetype<StaticArray<i8>>(1120);
const z = changetype<StaticArray<i8>>(1216);
const first = changetype<StaticArray<i8>>(1264);
const second = changetype<StaticArray<i8>>(1408);
const offsets: StaticArray<i16> = [1350, 1400, 1290, 1500, 1420, 1330, 1460, 1380, 1500, 1560, 1440, 1620];
const shifts: StaticArray<u8> = [2, 3, 2, 3, 3, 2, 3, 2, 4, 3, 4, 4];

function layer(
  from: StaticArray<i8>,
  filters: StaticArray<i8>,
  to: StaticArray<i8>,
  frames: i32,
  wide: i32,
  count: i32,
  about: i32,
): void {
  const length: i32 = TAPS * wide;
  for (let t: i32 = 0; t < frames; t++)
    for (let f: i32 = 0; f < count; f++) {
      let far: i32 = 0;
      const start: i32 = t * wide;
      const filter: i32 = f * length;
      for (let i: i32 = 0; i < length; i++)
        far += abs(<i32>unchecked(from[start + i]) - <i32>unchecked(filters[filter + i]));
      const v: i32 = (<i32>unchecked(offsets[about + f]) - far) >> unchecked(shifts[about + f]);
      unchecked((to[t * count + f] = <i8>(v < 0 ? 0 : v > 127 ? 127 : v)));
    }
}

export function run(n: i32): i32 {
  let s: u32 = 2020;
  for (let i: i32 = 0; i < B * TAPS * A; i++) {
    s = s * 1664525 + 1013904223;
    unchecked((first[i] = <i8>(<i32>s >> 24)));
  }
  for (let i: i32 = 0; i < C * TAPS * B; i++) {
    s = s * 1664525 + 1013904223;
    unchecked((second[i] = <i8>(s >> 26)));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < FRAMES * A; i++) {
      s = s * 1664525 + 1013904223;
      unchecked((x[i] = <i8>(<i32>s >> (k & 1 ? 24 : 25))));
    }
    layer(x, first, y, FRAMES - 2, A, B, 0);
    layer(y, second, z, FRAMES - 4, B, C, B);
    for (let f: i32 = 0; f < C; f++) {
      let most: i32 = 0;
      for (let t: i32 = 0; t < FRAMES - 4; t++) most = max(most, <i32>unchecked(z[t * C + f]));
      h = h * 31 + most;
    }
    for (let i: i32 = 0; i < (FRAMES - 2) * B; i += 5) h = h * 7 + <i32>unchecked(y[i]);
  }
  return h;
}

// A convolution in three dimensions over the last four images of a small sensor (5 by 5 pixels of 8 bits): two filters of 3 by 3 by 3 (int8), the images in a ring, so that the newest replaces the oldest; relu, then the mean and the greatest of each map and each time.
const SIDE: i32 = 5;
const DEPTH: i32 = 4;
const OUT: i32 = SIDE - 2;
const FILTERS: i32 = 2;
const ZERO: i32 = 96;

const VOLUME: usize = 1024; // u8[4][5][5]
const KERNEL: usize = 1280; // i8[2][3][3][3]
const BIAS: usize = 1376; // i32[2]

export function run(n: i32): i32 {
  let s: u32 = 909;
  for (let i: i32 = 0; i < FILTERS * 27; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(KERNEL + i, <i8>((<i32>s) >> 24));
  }
  for (let f: i32 = 0; f < FILTERS; f++) {
    s = s * 1664525 + 1013904223;
    store<i32>(BIAS + (f << 2), (<i32>s) >> 19);
  }
  for (let i: i32 = 0; i < DEPTH * SIDE * SIDE; i++) {
    s = s * 1664525 + 1013904223;
    store<u8>(VOLUME + i, <u8>(s >> 24));
  }
  let oldest: i32 = 0;
  let h: i32 = 5;
  for (let k: i32 = 0; k < n; k++) {
    const image: usize = VOLUME + oldest * SIDE * SIDE;
    for (let i: i32 = 0; i < SIDE * SIDE; i++) {
      s = s * 1664525 + 1013904223;
      store<u8>(image + i, <u8>((<u32>load<u8>(image + i) + (s >> 24)) >> 1));
    }
    oldest = oldest + 1 == DEPTH ? 0 : oldest + 1;
    for (let f: i32 = 0; f < FILTERS; f++) {
      const kernel: usize = KERNEL + f * 27;
      const bias: i32 = load<i32>(BIAS + (f << 2));
      for (let t: i32 = 0; t < DEPTH - 2; t++) {
        let total: i32 = 0;
        let most: i32 = 0;
        for (let y: i32 = 0; y < OUT; y++)
          for (let x: i32 = 0; x < OUT; x++) {
            let sum: i32 = bias;
            let w: usize = kernel;
            for (let dt: i32 = 0; dt < 3; dt++) {
              const plane: i32 = (oldest + t + dt) % DEPTH;
              for (let dy: i32 = 0; dy < 3; dy++) {
                const row: usize = VOLUME + (plane * SIDE + y + dy) * SIDE + x;
                for (let dx: i32 = 0; dx < 3; dx++)
                  sum += (<i32>load<u8>(row + dx) - ZERO) * <i32>load<i8>(w++);
              }
            }
            if (sum < 0) sum = 0;
            total += sum >> 5;
            if (sum > most) most = sum;
          }
        h = h * 31 + total / (OUT * OUT);
        h = h * 31 + most;
      }
    }
  }
  return h;
}

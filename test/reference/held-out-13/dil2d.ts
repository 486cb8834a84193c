// A convolution over a small heat image with holes: 10 by 10 pixels of two channels (uint8 with a zero point), two filters of 3 by 3 (int8) whose taps lie two pixels apart, no edges, scaled by a multiplier and a shift a filter, clamped to eight bits; of each filter the mean, too; the image drifts.
const SIDE: i32 = 10;
const OUT: i32 = SIDE - 4;
const ZERO: i32 = 117;

const image: usize = 1024; // u8[10][10][2]
const filters: usize = 1280; // i8[2][3][3][2]
const output: usize = 1536; // u8[6][6][2]

const scale: StaticArray<i32> = [23170, 29000];
const bias: StaticArray<i32> = [-411, 760];

function convolve(): void {
  let out: usize = output;
  for (let y: i32 = 0; y < OUT; y++) {
    for (let x: i32 = 0; x < OUT; x++) {
      for (let f: i32 = 0; f < 2; f++) {
        let sum: i32 = unchecked(bias[f]);
        let w: usize = filters + f * 18;
        for (let dy: i32 = 0; dy <= 4; dy += 2) {
          for (let dx: i32 = 0; dx <= 4; dx += 2) {
            const p: usize = image + (((y + dy) * SIDE + x + dx) << 1);
            sum += (<i32>load<u8>(p) - ZERO) * <i32>load<i8>(w);
            sum += (<i32>load<u8>(p, 1) - ZERO) * <i32>load<i8>(w, 1);
            w += 2;
          }
        }
        const v: i32 = <i32>((<i64>sum * unchecked(scale[f]) + (1 << 21)) >> 22) + 128;
        store<u8>(out, <u8>min(max(v, 0), 255));
        out++;
      }
    }
  }
}

export function run(n: i32): i32 {
  let s: u32 = 1010;
  for (let i: i32 = 0; i < 36; i++) {
    s = s * 22695477 + 1;
    store<i8>(filters + i, <i8>((<i32>s) >> 24));
  }
  for (let i: i32 = 0; i < SIDE * SIDE * 2; i++) {
    s = s * 22695477 + 1;
    store<u8>(image + i, <u8>(s >> 24));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    convolve();
    for (let f: i32 = 0; f < 2; f++) {
      let sum: i32 = 0;
      for (let i: i32 = f; i < OUT * OUT * 2; i += 2) {
        const v: i32 = load<u8>(output + i);
        sum += v;
        h = h * 31 + v;
      }
      h = h * 31 + sum / (OUT * OUT);
    }
    for (let i: i32 = 0; i < SIDE * SIDE * 2; i++) {
      s = s * 22695477 + 1;
      const p: usize = image + i;
      const o: i32 = load<u8>(output + i % (OUT * OUT * 2));
      store<u8>(p, <u8>((<i32>load<u8>(p) * 3 + o + <i32>(s >> 30)) >> 2));
    }
  }
  return h;
}

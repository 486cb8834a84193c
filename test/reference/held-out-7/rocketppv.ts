// Features by kernels thrown at random: nine taps of which three weigh 2 and six -1, dilations 1, 2, 4 and 6, with and without padding; of each the greatest value and the share of values above a bias; 56 samples of 16 bits.
const LENGTH: i32 = 56;
const KERNELS: i32 = 8;
const SAMPLES: usize = 2048; // i16[LENGTH]
const CHOICE: usize = 1024; // u8[KERNELS][3]
const SHAPE: usize = 1088; // per kernel: i16 bias, u8 dilation, u8 padded
const RESULT: usize = 1152; // i32[KERNELS][2]

// The sum of the taps that lie inside.
function tapsAt(centre: i32, dilation: i32): i32 {
  let sum: i32 = 0;
  for (let j: i32 = -4; j <= 4; j++) {
    const at: i32 = centre + j * dilation;
    if (at >= 0 && at < LENGTH) sum += <i32>load<i16>(SAMPLES + (<usize>at << 1));
  }
  return sum;
}

// @ts-ignore: decorator
@inline
function sample(at: i32): i32 {
  return <u32>at < <u32>LENGTH ? <i32>load<i16>(SAMPLES + (<usize>at << 1)) : 0;
}

function feature(kernel: usize): void {
  const shape: usize = SHAPE + (kernel << 2);
  const bias: i32 = <i32>load<i16>(shape);
  const dilation: i32 = <i32>load<u8>(shape, 2);
  const margin: i32 = load<u8>(shape, 3) ? 0 : 4 * dilation;
  const a: i32 = (<i32>load<u8>(CHOICE + kernel * 3) - 4) * dilation;
  const b: i32 = (<i32>load<u8>(CHOICE + kernel * 3, 1) - 4) * dilation;
  const c: i32 = (<i32>load<u8>(CHOICE + kernel * 3, 2) - 4) * dilation;
  let best: i32 = i32.MIN_VALUE;
  let above: i32 = 0;
  for (let t: i32 = margin; t < LENGTH - margin; t++) {
    const v: i32 = 3 * (sample(t + a) + sample(t + b) + sample(t + c)) - tapsAt(t, dilation);
    if (v > best) best = v;
    if (v > bias) above++;
  }
  store<i32>(RESULT + (kernel << 3), best);
  store<i32>(RESULT + (kernel << 3), (above << 16) / (LENGTH - 2 * margin), 4);
}

export function run(n: i32): i32 {
  let s: u32 = 271;
  for (let k: usize = 0; k < <usize>KERNELS; k++) {
    s = s * 1103515245 + 12345;
    const first: u32 = (s >> 16) % 7;
    store<u8>(CHOICE + k * 3, <u8>first);
    store<u8>(CHOICE + k * 3, <u8>(first + 1 + ((s >> 20) & 1)), 1);
    store<u8>(CHOICE + k * 3, 8, 2);
    store<i16>(SHAPE + (k << 2), <i16>(<i32>(s >> 19) - 4096));
    store<u8>(SHAPE + (k << 2), <u8>(k < 2 ? 1 : k < 4 ? 2 : k < 6 ? 4 : 6), 2);
    store<u8>(SHAPE + (k << 2), <u8>(k & 1), 3);
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < LENGTH; i++) store<i16>(SAMPLES + (<usize>i << 1), <i16>(((i * i * 331 + k * 77 * i) & 4095) - 2048 + (i & 8 ? 900 : -300)));
    for (let j: usize = 0; j < <usize>KERNELS; j++) {
      feature(j);
      h = h * 31 + load<i32>(RESULT + (j << 3));
      h = h * 31 + load<i32>(RESULT + (j << 3), 4);
    }
  }
  return h;
}

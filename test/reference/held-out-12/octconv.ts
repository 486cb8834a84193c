// An octave convolution along time: four channels of 24 samples and three slow ones of 12 (half as many); three taps each, four ways (fast to fast, fast to slow after the mean of two, slow to fast with each said twice, slow to slow), edges are zeros; relu with a shift to uint8, the outputs are the next inputs.
const FAST: i32 = 4;
const SLOW: i32 = 3;
const LONG: i32 = 24;
const SHORT: i32 = 12;

// rows have a zero before and after
const fast: usize = 1024; // u8[4][26]
const slow: usize = 1152; // u8[3][14]
const halves: usize = 1216; // u8[4][14]
const kernels: usize = 1280; // i8: fast to fast [4][4][3], slow to fast [4][3][3], slow to slow [3][3][3], fast to slow [3][4][3]
const sumsFast: usize = 1536; // i32[4][24]
const sumsSlow: usize = 2048; // i32[3][12]
const up: usize = 2304; // i32[12]

/** Adds what `channels` rows of `length` samples give one output row. */
function along(rows: usize, channels: i32, length: i32, kernel: usize, to: usize): void {
  for (let c: i32 = 0; c < channels; c++) {
    const a: i32 = load<i8>(kernel);
    const b: i32 = load<i8>(kernel, 1);
    const d: i32 = load<i8>(kernel, 2);
    for (let t: i32 = 0; t < length; t++) {
      const p: usize = rows + t;
      const sum: usize = to + (t << 2);
      store<i32>(sum, load<i32>(sum) + a * <i32>load<u8>(p) + b * <i32>load<u8>(p, 1) + d * <i32>load<u8>(p, 2));
    }
    kernel += 3;
    rows += length + 2;
  }
}

function squash(sums: usize, length: i32, shift: i32, to: usize): i32 {
  let total: i32 = 0;
  for (let t: i32 = 0; t < length; t++) {
    let v: i32 = load<i32>(sums + (t << 2)) >> shift;
    if (v < 0) v = 0;
    else if (v > 255) v = 255;
    store<u8>(to + 1 + t, <u8>v);
    total += v;
  }
  return total;
}

export function run(n: i32): i32 {
  let s: u32 = 88;
  memory.fill(fast, 0, 256);
  for (let i: i32 = 0; i < 147; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(kernels + i, <i8>(((<i32>s) >> 25) + 4));
  }
  for (let c: i32 = 0; c < FAST; c++)
    for (let t: i32 = 1; t <= LONG; t++) {
      s = s * 1664525 + 1013904223;
      store<u8>(fast + c * (LONG + 2) + t, <u8>(s >> 24));
    }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let c: i32 = 0; c < FAST; c++) {
      const row: usize = fast + c * (LONG + 2) + 1;
      const half: usize = halves + c * (SHORT + 2) + 1;
      for (let t: i32 = 0; t < SHORT; t++)
        store<u8>(half + t, <u8>((<i32>load<u8>(row + 2 * t) + <i32>load<u8>(row + 2 * t, 1) + 1) >> 1));
    }
    memory.fill(sumsFast, 0, 4 * FAST * LONG);
    memory.fill(sumsSlow, 0, 4 * SLOW * SHORT);
    for (let o: i32 = 0; o < FAST; o++) {
      const sums: usize = sumsFast + o * LONG * 4;
      memory.fill(up, 0, 4 * SHORT);
      along(slow, SLOW, SHORT, kernels + 48 + o * 9, up);
      for (let t: i32 = 0; t < LONG; t++) store<i32>(sums + (t << 2), load<i32>(up + ((t >> 1) << 2)));
      along(fast, FAST, LONG, kernels + o * 12, sums);
    }
    for (let o: i32 = 0; o < SLOW; o++) {
      const sums: usize = sumsSlow + o * SHORT * 4;
      along(slow, SLOW, SHORT, kernels + 84 + o * 9, sums);
      along(halves, FAST, SHORT, kernels + 111 + o * 12, sums);
    }
    for (let o: i32 = 0; o < FAST; o++) {
      const row: usize = fast + o * (LONG + 2);
      h = h * 31 + squash(sumsFast + o * LONG * 4, LONG, 7, row);
      // a new sample at the end
      s = s * 1664525 + 1013904223;
      store<u8>(row + LONG, <u8>(s >> 24));
    }
    for (let o: i32 = 0; o < SLOW; o++) h = h * 31 + squash(sumsSlow + o * SHORT * 4, SHORT, 7, slow + o * (SHORT + 2));
    for (let i: i32 = 1; i < 104; i += 11) h = h * 31 + <i32>load<u8>(fast + i);
  }
  return h;
}

// A network whose edges are curves (after Kolmogorov and Arnold): 6 inputs, 5 nodes, 3 outputs, each edge a quadratic spline over ten points of 8 bits; of an input the three weights and the place are found once for all edges that leave it; ten samples, the outputs drive the next ones.
const SAMPLES: i32 = 10;
const IN: i32 = 6;
const HIDDEN: i32 = 5;
const OUT: i32 = 3;
const POINTS: i32 = 10;

const samples: usize = 1024; // i16[10][6]
const curves1: usize = 1280; // i8[6][5][10]
const curves2: usize = 1600; // i8[5][3][10]
const hidden: usize = 1792; // i32[5]
const answer: usize = 1824; // i32[3]

/** Adds the curves of one input (Q9 in eight pieces from 0 to 4095) to all sums. */
function edges(value: i32, curves: usize, count: i32, sums: usize): void {
  const inside: i32 = value < 0 ? 0 : value > 4095 ? 4095 : value;
  const t: i32 = inside & 511;
  const square: i32 = (t * t) >> 9;
  // (1 - t)^2, 1 + 2t - 2t^2 and t^2 in Q9
  const a: i32 = 512 - 2 * t + square;
  const b: i32 = 512 + 2 * t - 2 * square;
  let p: usize = curves + (inside >> 9);
  for (let e: i32 = 0; e < count; e++) {
    const sum: i32 = a * <i32>load<i8>(p) + b * <i32>load<i8>(p, 1) + square * <i32>load<i8>(p, 2);
    store<i32>(sums + (e << 2), load<i32>(sums + (e << 2)) + (sum >> 6));
    p += POINTS;
  }
}

export function run(n: i32): i32 {
  let s: u32 = 1957;
  for (let i: i32 = 0; i < POINTS * HIDDEN * (IN + OUT); i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(i < 300 ? curves1 + i : curves2 + i - 300, <i8>((<i32>s) >> 24));
  }
  for (let i: i32 = 0; i < SAMPLES * IN; i++) {
    s = s * 1664525 + 1013904223;
    store<i16>(samples + (i << 1), <i16>(s >> 20));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++)
    for (let m: i32 = 0; m < SAMPLES; m++) {
      const sample: usize = samples + m * IN * 2;
      for (let j: i32 = 0; j < HIDDEN; j++) store<i32>(hidden + (j << 2), 2048);
      for (let i: i32 = 0; i < IN; i++) edges(load<i16>(sample + (i << 1)), curves1 + i * HIDDEN * POINTS, HIDDEN, hidden);
      memory.fill(answer, 0, OUT * 4);
      for (let j: i32 = 0; j < HIDDEN; j++)
        edges(load<i32>(hidden + (j << 2)), curves2 + j * OUT * POINTS, OUT, answer);
      let best: i32 = 0;
      for (let o: i32 = 0; o < OUT; o++) {
        const v: i32 = load<i32>(answer + (o << 2));
        h = h * 31 + v;
        if (v > load<i32>(answer + (best << 2))) best = o;
      }
      for (let i: i32 = 0; i < IN; i++) {
        s = s * 1664525 + 1013904223;
        const old: i32 = load<i16>(sample + (i << 1));
        const drive: i32 = load<i32>(answer + ((i % OUT) << 2));
        store<i16>(sample + (i << 1), <i16>((old + (drive >> 1) + (i == best ? 700 : 0) + (s >> 23)) & 4095));
      }
    }
  return h;
}

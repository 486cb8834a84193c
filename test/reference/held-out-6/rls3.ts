// What of a pulse wave follows the movement of three axes: recursive least squares with three weights, the symmetric matrix kept as six numbers of 64 bits (Q24), a gain by 64-bit division, forgetting 127/128.
const SAMPLES: i32 = 20;

class Filter {
  w0: i64;
  w1: i64;
  w2: i64;
  p00: i64;
  p01: i64;
  p02: i64;
  p11: i64;
  p12: i64;
  p22: i64;
}

const f = changetype<Filter>(1024);
const AXES: usize = 2048; // i16[SAMPLES][3]
const PULSE: usize = 2304; // i16[SAMPLES]

function reset(): void {
  f.w0 = f.w1 = f.w2 = 0;
  f.p01 = f.p02 = f.p12 = 0;
  f.p00 = f.p11 = f.p22 = 1 << 22;
}

function forget(p: i64, g: i64): i64 {
  const v: i64 = p - g;
  return v + (v >> 7);
}

/** What is left of y, with a and the others in Q8. */
function step(a: i64, b: i64, c: i64, y: i64): i64 {
  // the matrix times the input, Q16
  const ga: i64 = (f.p00 * a + f.p01 * b + f.p02 * c) >> 16;
  const gb: i64 = (f.p01 * a + f.p11 * b + f.p12 * c) >> 16;
  const gc: i64 = (f.p02 * a + f.p12 * b + f.p22 * c) >> 16;
  const scale: i64 = (65536 - 512) + ((ga * a + gb * b + gc * c) >> 8);
  const left: i64 = y - ((f.w0 * a + f.w1 * b + f.w2 * c) >> 20);
  // gains in Q20
  const ka: i64 = (ga << 20) / scale;
  const kb: i64 = (gb << 20) / scale;
  const kc: i64 = (gc << 20) / scale;
  f.w0 += (ka * left) >> 8;
  f.w1 += (kb * left) >> 8;
  f.w2 += (kc * left) >> 8;
  f.p00 = min<i64>(forget(f.p00, (ka * ga) >> 12), 1 << 26);
  f.p01 = forget(f.p01, (ka * gb) >> 12);
  f.p02 = forget(f.p02, (ka * gc) >> 12);
  f.p11 = min<i64>(forget(f.p11, (kb * gb) >> 12), 1 << 26);
  f.p12 = forget(f.p12, (kb * gc) >> 12);
  f.p22 = min<i64>(forget(f.p22, (kc * gc) >> 12), 1 << 26);
  return left;
}

export function run(n: i32): i32 {
  let h: i64 = 0;
  let s: u32 = 6174;
  for (let k: i32 = 0; k < n; k++) {
    reset();
    for (let i: i32 = 0; i < SAMPLES; i++) {
      for (let j: i32 = 0; j < 3; j++) {
        s = s * 1664525 + 1013904223;
        store<i16>(AXES + ((<usize>(i * 3 + j)) << 1), <i16>((<i32>s) >> 23));
      }
      const p: usize = AXES + ((<usize>(i * 3)) << 1);
      const y: i32 = <i32>load<i16>(p) * 3 - <i32>load<i16>(p, 2) + (<i32>load<i16>(p, 4) >> 1) + (((i * 29) & 63) - 32);
      store<i16>(PULSE + ((<usize>i) << 1), <i16>y);
    }
    let energy: i64 = 0;
    for (let i: usize = 0; i < <usize>SAMPLES; i++) {
      const p: usize = AXES + i * 6;
      const left: i64 = step(<i64>load<i16>(p), <i64>load<i16>(p, 2), <i64>load<i16>(p, 4), <i64>load<i16>(PULSE + (i << 1)));
      energy += left * left;
    }
    h = h * 31 + energy + (f.w0 >> 8) - (f.w1 >> 9) + (f.p12 >> 4);
  }
  return <i32>h ^ <i32>(h >> 32);
}

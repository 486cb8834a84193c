// How a tremor swings, by Burg: prediction of order six straight from 44 samples, errors forwards and backwards kept; each reflection is a quotient of sums of 64 bits, coefficients in Q14 with rounding; then the strength at twelve frequencies by walking around a table of cosines.
const N: i32 = 44;
const ORDER: i32 = 6;
const F: usize = 1024; // i32[44]
const B: usize = 1216; // i32[44]
const A: usize = 1408; // i32[7]
const OLD: usize = 1440; // i32[7]
// cos(2 pi i / 64) in 1/16384, a quarter
const quarter: StaticArray<i32> = [16384, 16305, 16069, 15679, 15137, 14449, 13623, 12665, 11585, 10394, 9102, 7723, 6270, 4756, 3196, 1606, 0];

function cosine(i: i32): i32 {
  i &= 63;
  if (i > 32) i = 64 - i;
  return i <= 16 ? quarter[i] : -quarter[32 - i];
}

function fit(): i32 {
  store<i32>(A, 16384);
  for (let m: i32 = 1; m <= ORDER; m++) {
    let above: i64 = 0;
    let below: i64 = 1;
    for (let i: i32 = m; i < N; i++) {
      const f: i64 = load<i32>(F + (i << 2));
      const b: i64 = load<i32>(B + (i << 2) - 4);
      above += f * b;
      below += f * f + b * b;
    }
    const k: i32 = <i32>((-32768 * above) / below);
    memory.copy(OLD, A, m << 2);
    for (let i: i32 = 1; i < m; i++)
      store<i32>(A + (i << 2), load<i32>(OLD + (i << 2)) + ((k * load<i32>(OLD + ((m - i) << 2)) + 8192) >> 14));
    store<i32>(A + (m << 2), k);
    for (let i: i32 = N - 1; i >= m; i--) {
      const f: i32 = load<i32>(F + (i << 2));
      const b: i32 = load<i32>(B + (i << 2) - 4);
      store<i32>(F + (i << 2), f + ((k * b + 8192) >> 14));
      store<i32>(B + (i << 2), b + ((k * f + 8192) >> 14));
    }
  }
  let left: i64 = 0;
  for (let i: i32 = ORDER; i < N; i++) left += <i64>load<i32>(F + (i << 2)) * <i64>load<i32>(F + (i << 2));
  return <i32>(left / (N - ORDER));
}

export function run(n: i32): i32 {
  let s: u32 = 5150;
  let x: i32 = 0;
  let y: i32 = 900;
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < N; i++) {
      s = s * 1664525 + 1013904223;
      const z: i32 = ((y * 14 - x * 9) >> 3) * 7 >> 3;
      x = y;
      y = z + (<i32>s >> 22);
      y = max(-8000, min(8000, y));
      store<i32>(F + (i << 2), y);
      store<i32>(B + (i << 2), y);
    }
    h = h * 31 + fit();
    let strongest: i32 = 0;
    let least: i64 = i64.MAX_VALUE;
    for (let w: i32 = 1; w <= 12; w++) {
      let re: i64 = 0;
      let im: i64 = 0;
      for (let i: i32 = 0; i <= ORDER; i++) {
        const a: i64 = load<i32>(A + (i << 2));
        re += a * <i64>cosine(2 * w * i);
        im += a * <i64>cosine(2 * w * i + 16);
      }
      re >>= 14;
      im >>= 14;
      const power: i64 = re * re + im * im;
      if (power < least) {
        least = power;
        strongest = w;
      }
    }
    for (let i: i32 = 1; i <= ORDER; i++) h = h * 31 + load<i32>(A + (i << 2));
    h = h * 31 + strongest + <i32>(least >> 8);
  }
  return h;
}

// A dense layer of 40 by 48 with weights of two bits (-3, -1, 1, 3) without a product: of each four inputs all sixteen sums are made first, then every bit plane of a row is eight bits that look up two sums at a time; a multiplier for all, leaking relu, int8; outputs become inputs by exclusive or with noise.
const ROWS: i32 = 40;
const COLS: i32 = 48;
const GROUPS: i32 = COLS / 4;
const PLANE: i32 = GROUPS / 2; // bytes

const X: usize = 1024; // i8[48]
const SUMS: usize = 1088; // i16[12][16]
const WEIGHTS: usize = 1536; // u8[40][2][6]
const Y: usize = 2048; // i8[40]

/** All sums of each four inputs; the sum of all inputs. */
function tabulate(): i32 {
  let all: i32 = 0;
  let table: usize = SUMS;
  for (let g: i32 = 0; g < GROUPS; g++) {
    const four: usize = X + (g << 2);
    store<i16>(table, 0);
    for (let m: i32 = 1; m < 16; m++) {
      const rest: i32 = load<i16>(table + ((m & (m - 1)) << 1));
      store<i16>(table + (m << 1), <i16>(rest + <i32>load<i8>(four + ctz(m))));
    }
    all += <i32>load<i16>(table, 30);
    table += 32;
  }
  return all;
}

function lookUp(plane: usize): i32 {
  let table: usize = SUMS;
  let sum: i32 = 0;
  for (let i: i32 = 0; i < PLANE; i++) {
    const two: i32 = load<u8>(plane + i);
    sum += <i32>load<i16>(table + ((two & 15) << 1));
    sum += <i32>load<i16>(table + ((two >> 4) << 1), 32);
    table += 64;
  }
  return sum;
}

export function run(n: i32): i32 {
  let s: u32 = 48;
  for (let i: i32 = 0; i < ROWS * 2 * PLANE; i++) {
    s = s * 1664525 + 1013904223;
    store<u8>(WEIGHTS + i, <u8>(s >> 23));
  }
  for (let i: i32 = 0; i < COLS; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(X + i, <i8>(s >> 24));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    const offset: i32 = 3 * tabulate();
    let row: usize = WEIGHTS;
    for (let r: i32 = 0; r < ROWS; r++) {
      const low: i32 = lookUp(row);
      const high: i32 = lookUp(row + PLANE);
      let sum: i32 = 2 * low + 4 * high - offset;
      if (sum < 0) sum >>= 3;
      sum = (sum * 45 + 128) >> 8;
      store<i8>(Y + r, <i8>min(sum, 127));
      h = h * 31 + sum;
      row += 2 * PLANE;
    }
    for (let i: i32 = 0; i < COLS; i++) {
      s = s * 1664525 + 1013904223;
      const y: i32 = i < ROWS ? <i32>load<i8>(Y + i) : 0;
      store<i8>(X + i, <i8>(y ^ (s >> 26)));
    }
  }
  return h;
}

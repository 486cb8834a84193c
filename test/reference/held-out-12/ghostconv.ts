// A layer that makes half of its maps cheaply (ghosts): an image of 5 by 5 with three values a pixel (channels last), four maps by products of pixel and filter alone, and of each one more by a filter of 3 by 3 on that map, nothing beyond the edge; clipped to 0 to 96; means of all eight maps, and the maps mix into the next image.
const SIDE: i32 = 5;
const IN: i32 = 3;
const MAPS: i32 = 4;

const image: usize = 1024; // i8[5][5][3]
const maps: usize = 1152; // i8[8][5][5]
const point: usize = 1472; // i8[4][3]
const cheap: usize = 1488; // i8[4][9]
const bias: usize = 1536; // i16[8]

function clip(v: i32): i32 {
  if (v < 0) return 0;
  return v > 96 ? 96 : v;
}

function primary(m: i32): i32 {
  const w: usize = point + m * IN;
  const to: usize = maps + m * SIDE * SIDE;
  const b: i32 = load<i16>(bias + (m << 1));
  let total: i32 = 0;
  for (let i: i32 = 0; i < SIDE * SIDE; i++) {
    let sum: i32 = b;
    for (let c: i32 = 0; c < IN; c++) sum += <i32>load<i8>(image + i * IN + c) * <i32>load<i8>(w + c);
    sum = clip(sum >> 6);
    store<i8>(to + i, <i8>sum);
    total += sum;
  }
  return total;
}

function ghost(m: i32): i32 {
  const w: usize = cheap + m * 9;
  const from: usize = maps + m * SIDE * SIDE;
  const to: usize = from + MAPS * SIDE * SIDE;
  const b: i32 = load<i16>(bias + ((MAPS + m) << 1));
  let total: i32 = 0;
  for (let y: i32 = 0; y < SIDE; y++)
    for (let x: i32 = 0; x < SIDE; x++) {
      let sum: i32 = b;
      const top: i32 = y == 0 ? 0 : -1;
      const bottom: i32 = y == SIDE - 1 ? 0 : 1;
      for (let dy: i32 = top; dy <= bottom; dy++)
        for (let dx: i32 = -1; dx <= 1; dx++) {
          const column: i32 = x + dx;
          if (column < 0 || column >= SIDE) continue;
          sum += <i32>load<i8>(from + (y + dy) * SIDE + column) * <i32>load<i8>(w + (dy + 1) * 3 + dx + 1);
        }
      sum = clip(sum >> 7);
      store<i8>(to + y * SIDE + x, <i8>sum);
      total += sum;
    }
  return total;
}

export function run(n: i32): i32 {
  let s: u32 = 1913;
  for (let i: i32 = 0; i < MAPS * IN; i++) {
    s = s * 1103515245 + 12345;
    store<i8>(point + i, <i8>(s >> 22));
  }
  for (let i: i32 = 0; i < MAPS * 9; i++) {
    s = s * 1103515245 + 12345;
    store<i8>(cheap + i, <i8>((<i32>s) >> 25) + 12);
  }
  for (let m: i32 = 0; m < 2 * MAPS; m++) {
    s = s * 1103515245 + 12345;
    store<i16>(bias + (m << 1), <i16>(s >> 20));
  }
  for (let i: i32 = 0; i < SIDE * SIDE * IN; i++) {
    s = s * 1103515245 + 12345;
    store<i8>(image + i, <i8>(s >> 22));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let m: i32 = 0; m < MAPS; m++) {
      h = h * 31 + primary(m);
      h = h * 31 + ghost(m);
    }
    for (let i: i32 = 0; i < SIDE * SIDE; i++)
      for (let c: i32 = 0; c < IN; c++) {
        s = s * 1103515245 + 12345;
        const own: i32 = load<i8>(maps + c * SIDE * SIDE + i);
        const other: i32 = load<i8>(maps + (7 - c) * SIDE * SIDE + i);
        store<i8>(image + i * IN + c, <i8>(own - other + ((<i32>s) >> 26)));
      }
  }
  return h;
}

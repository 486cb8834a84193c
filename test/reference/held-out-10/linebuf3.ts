// A camera's image comes line by line: two filters of 3 by 3 (int8) over 16 pixels a line, only the last three lines are kept in a ring, the outermost pixels are repeated at the edges; sums scaled, relu, the greatest and the sum of each line of the maps; ten lines.
const WIDTH: i32 = 16;
const PITCH: i32 = WIDTH + 2;
const LINES: usize = 1024; // i16[3][18]
const TAPS: usize = 1280; // i8[2][3][3]
const STATS: usize = 1344; // { greatest: i32, sum: i32 }[2]

function line(slot: i32): usize {
  return LINES + slot * (PITCH << 1);
}

function take(slot: i32, s: u32): u32 {
  const p: usize = line(slot) + 2;
  let v: i32 = 0;
  for (let x: i32 = 0; x < WIDTH; x++) {
    s = s * 1664525 + 1013904223;
    v = (v + (s >> 23)) >> 1;
    store<i16>(p + (x << 1), <i16>v);
  }
  store<i16>(p - 2, load<i16>(p));
  store<i16>(p + (WIDTH << 1), load<i16>(p, (WIDTH - 1) << 1));
  return s;
}

function filter(taps: usize, oldest: i32, stats: usize): void {
  let greatest: i32 = 0;
  let total: i32 = 0;
  for (let x: i32 = 0; x < WIDTH; x++) {
    let sum: i32 = 0;
    let slot: i32 = oldest;
    let t: usize = taps;
    for (let row: i32 = 0; row < 3; row++) {
      const p: usize = line(slot) + (x << 1);
      sum += <i32>load<i16>(p) * <i32>load<i8>(t);
      sum += <i32>load<i16>(p, 2) * <i32>load<i8>(t, 1);
      sum += <i32>load<i16>(p, 4) * <i32>load<i8>(t, 2);
      t += 3;
      if (++slot == 3) slot = 0;
    }
    sum >>= 6;
    if (sum < 0) continue;
    if (sum > greatest) greatest = sum;
    total += sum;
  }
  store<i32>(stats, greatest);
  store<i32>(stats, total, 4);
}

export function run(n: i32): i32 {
  let s: u32 = 60601;
  for (let i: i32 = 0; i < 18; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(TAPS + i, <i8>(<i32>s >> 24));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    let slot: i32 = 0;
    for (let y: i32 = 0; y < 10; y++) {
      s = take(slot, s);
      if (++slot == 3) slot = 0;
      if (y < 2) continue;
      for (let f: i32 = 0; f < 2; f++) {
        const stats: usize = STATS + (f << 3);
        filter(TAPS + f * 9, slot, stats);
        h = h * 31 + load<i32>(stats);
        h = h * 31 + load<i32>(stats, 4);
      }
    }
  }
  return h;
}

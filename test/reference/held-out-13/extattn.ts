// Attention to a memory that was learnt, not to the other frames (external attention): eight frames of eight values against ten stored keys, weights normed over the frames by powers of two first and then over the keys (a quotient each), a mean of ten stored values; int8 in and out, what comes out is added to what went in.
const FRAMES: i32 = 8;
const WIDTH: i32 = 8;
const SLOTS: i32 = 10;

const x: usize = 1024; // i8[8][8]
const keys: usize = 1152; // i8[10][8]
const values: usize = 1280; // i8[8][10], by columns
const scores: usize = 1408; // i32[10][8]

const fraction: StaticArray<u16> = [256, 245, 235, 225, 215, 206, 197, 189, 181, 173, 166, 159, 152, 146, 140, 134];

function power(below: i32): i32 {
  const whole: i32 = below >> 4;
  return whole > 15 ? 0 : (<i32>unchecked(fraction[below & 15]) << 7) >> whole;
}

function score(): void {
  for (let k: i32 = 0; k < SLOTS; k++) {
    const row: usize = scores + k * FRAMES * 4;
    let greatest: i32 = i32.MIN_VALUE;
    for (let t: i32 = 0; t < FRAMES; t++) {
      let sum: i32 = 0;
      for (let i: i32 = 0; i < WIDTH; i++) sum += <i32>load<i8>(x + t * WIDTH + i) * <i32>load<i8>(keys + k * WIDTH + i);
      store<i32>(row + (t << 2), sum);
      greatest = max(greatest, sum);
    }
    let total: i32 = 0;
    for (let t: i32 = 0; t < FRAMES; t++) {
      const p: i32 = power((greatest - load<i32>(row + (t << 2))) >> 6);
      store<i32>(row + (t << 2), p);
      total += p;
    }
    for (let t: i32 = 0; t < FRAMES; t++) {
      const at: usize = row + (t << 2);
      store<i32>(at, (load<i32>(at) << 12) / total);
    }
  }
}

function mix(t: i32): i32 {
  let all: i32 = 1;
  for (let k: i32 = 0; k < SLOTS; k++) all += load<i32>(scores + ((k * FRAMES + t) << 2));
  let h: i32 = 0;
  for (let i: i32 = 0; i < WIDTH; i++) {
    let sum: i32 = 0;
    for (let k: i32 = 0; k < SLOTS; k++) sum += load<i32>(scores + ((k * FRAMES + t) << 2)) * <i32>load<i8>(values + i * SLOTS + k);
    const at: usize = x + t * WIDTH + i;
    const v: i32 = <i32>load<i8>(at) + sum / all;
    store<i8>(at, <i8>min(max(v, -127), 127));
    h = h * 31 + v;
  }
  return h;
}

export function run(n: i32): i32 {
  let s: u32 = 1208;
  for (let i: usize = x; i < values + WIDTH * SLOTS; i++) {
    s = s * 22695477 + 1;
    store<i8>(i, <i8>((<i32>s) >> 25));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    score();
    for (let t: i32 = 0; t < FRAMES; t++) h = h * 17 + mix(t);
    for (let i: i32 = 0; i < FRAMES * WIDTH; i++) {
      s = s * 22695477 + 1;
      const at: usize = x + i;
      store<i8>(at, <i8>((<i32>load<i8>(at) >> 1) + ((<i32>s) >> 26)));
    }
  }
  return h;
}

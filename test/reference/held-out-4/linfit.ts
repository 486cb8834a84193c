// A line through each window of 16 samples with time stamps in microseconds: sums in 64 bits that move along, a 64-bit division each.
const COUNT: i32 = 60;
const WINDOW: i32 = 16;
const TIME: usize = 4096; // u32[60]
const VALUE: usize = 1024; // i32[60]

function fill(): void {
  let s: u32 = 12;
  let t: u32 = 1000000;
  for (let i: i32 = 0; i < COUNT; i++) {
    s = s * 1664525 + 1013904223;
    t += 9000 + (s >> 21);
    store<u32>(TIME + ((<usize>i) << 2), t);
    store<i32>(VALUE + ((<usize>i) << 2), i * 900 + ((<i32>s) >> 19));
  }
}

let sx: i64 = 0;
let sy: i64 = 0;
let sxx: i64 = 0;
let sxy: i64 = 0;

function move(i: i32, sign: i64): void {
  const x: i64 = (<i64>load<u32>(TIME + ((<usize>i) << 2))) >> 4;
  const y: i64 = <i64>load<i32>(VALUE + ((<usize>i) << 2));
  sx += sign * x;
  sy += sign * y;
  sxx += sign * x * x;
  sxy += sign * x * y;
}

function slopes(): i64 {
  sx = sy = sxx = sxy = 0;
  let h: i64 = 0;
  for (let i: i32 = 0; i < COUNT; i++) {
    move(i, 1);
    if (i < WINDOW - 1) continue;
    if (i >= WINDOW) move(i - WINDOW, -1);
    const below: i64 = <i64>WINDOW * sxx - sx * sx;
    const above: i64 = <i64>WINDOW * sxy - sx * sy;
    if (below != 0) h += (above << 8) / below;
  }
  return h;
}

export function run(n: i32): i32 {
  fill();
  let h: i64 = 0;
  for (let k: i32 = 0; k < n; k++) {
    store<i32>(VALUE + ((<usize>(k % COUNT)) << 2), k * 40);
    h = h * 31 + slopes();
  }
  return (<i32>h) ^ (<i32>(h >> 32));
}

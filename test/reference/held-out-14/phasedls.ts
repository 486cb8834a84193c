// A long short-term memory that opens by the clock (phased): ten units, three inputs that come at uneven times; each unit has a period and a shift, its gate rises and falls in the first part of a turn and leaks in the rest; where a unit is closed and no leak is left nothing is computed; Q12, hard gates.
const UNITS: i32 = 10;
const IN: i32 = 3;
const ROW: i32 = IN + UNITS + 1;

const period: StaticArray<i32> = [40, 64, 100, 150, 210, 300, 410, 560, 750, 1000];
const shift: StaticArray<i32> = [3, 17, 40, 9, 120, 77, 300, 11, 500, 250];

const weights: usize = 1024; // i16[10][4][14], bias last
const x: usize = 2176; // i16[3]
const h0: usize = 2192; // i32[10]
const c0: usize = 2240; // i32[10]
const h1: usize = 2288; // i32[10]

let time: i32 = 0;
let closed: i32 = 0;

function dot(w: usize): i32 {
  let sum: i64 = <i64>load<i16>(w, 2 * (ROW - 1)) << 12;
  for (let i: i32 = 0; i < IN; i++) sum += <i64>(<i32>load<i16>(w + (i << 1)) * <i32>load<i16>(x + (i << 1)));
  for (let i: i32 = 0; i < UNITS; i++) sum += <i64>load<i16>(w + ((IN + i) << 1)) * <i64>load<i32>(h0 + (i << 2));
  return <i32>(sum >> 12);
}

function hard(v: i32): i32 {
  v = (v >> 2) + 2048;
  return v < 0 ? 0 : v > 4096 ? 4096 : v;
}

function bound(v: i32): i32 {
  return v < -4096 ? -4096 : v > 4096 ? 4096 : v;
}

// how far a unit is open, Q12: up and down in the first sixth of a turn; in the rest a leak of 1/64, every other turn
function openness(u: i32): i32 {
  const p: i32 = unchecked(period[u]);
  const since: i32 = time + unchecked(shift[u]);
  const phase: i32 = ((since % p) << 12) / p;
  if (phase < 340) return phase * 12;
  if (phase < 680) return (680 - phase) * 12;
  return (since / p) & 1 ? phase >> 6 : 0;
}

function unit(u: i32): void {
  const h: i32 = load<i32>(h0 + (u << 2));
  const k: i32 = openness(u);
  if (!k) {
    closed++;
    store<i32>(h1 + (u << 2), h);
    return;
  }
  const w: usize = weights + u * 8 * ROW;
  const c: i32 = load<i32>(c0 + (u << 2));
  const enter: i32 = hard(dot(w));
  const keep: i32 = hard(dot(w + 2 * ROW));
  const leave: i32 = hard(dot(w + 6 * ROW));
  const fresh: i32 = (keep * c + enter * bound(dot(w + 4 * ROW))) >> 12;
  const said: i32 = (leave * bound(fresh)) >> 12;
  store<i32>(c0 + (u << 2), c + ((k * (fresh - c)) >> 12));
  store<i32>(h1 + (u << 2), h + ((k * (said - h)) >> 12));
}

export function run(n: i32): i32 {
  let s: u32 = 1610;
  for (let i: i32 = 0; i < UNITS * 4 * ROW; i++) {
    s = s * 1664525 + 1013904223;
    store<i16>(weights + (i << 1), <i16>(<i32>s >> 19));
  }
  memory.fill(h0, 0, h1 + 4 * UNITS - h0);
  time = 0;
  closed = 0;
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let t: i32 = 0; t < 3; t++) {
      for (let i: i32 = 0; i < IN; i++) {
        s = s * 1664525 + 1013904223;
        store<i16>(x + (i << 1), <i16>(<i32>s >> 19));
      }
      time += 1 + (s & 15);
      if (time > 1000000) time -= 900000;
      for (let u: i32 = 0; u < UNITS; u++) unit(u);
      memory.copy(h0, h1, 4 * UNITS);
    }
    for (let u: i32 = 0; u < UNITS; u++) h = h * 31 + load<i32>(h0 + (u << 2));
    h ^= closed;
  }
  return h;
}

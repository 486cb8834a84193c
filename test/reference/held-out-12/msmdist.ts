// A gesture against four enrolled ones by move, split and merge: moving a value costs its way, splitting or merging a fixed price, and more where the value does not lie between its neighbour and the other's; two rows of the table by turns; the nearest one, and it learns.
const LENGTH: i32 = 12;
const TEMPLATE: i32 = 9;
const TEMPLATES: i32 = 4;
const PRICE: i32 = 20;

const gesture: usize = 1024; // i16[12]
const templates: usize = 1056; // i16[4][9]
const rows: usize = 1280; // i32[2][9]

/** What it costs that `value` is new beside `before` while the other is `other`. */
function cost(value: i32, before: i32, other: i32): i32 {
  if (before <= value && value <= other) return PRICE;
  if (before >= value && value >= other) return PRICE;
  return PRICE + min(abs(value - before), abs(value - other));
}

function distance(y: usize): i32 {
  let last: usize = rows;
  let row: usize = rows + 4 * TEMPLATE;
  const first: i32 = load<i16>(gesture);
  let sum: i32 = abs(first - load<i16>(y));
  store<i32>(last, sum);
  for (let j: i32 = 1; j < TEMPLATE; j++) {
    const p: usize = y + (j << 1);
    sum += cost(load<i16>(p), load<i16>(p - 2), first);
    store<i32>(last + (j << 2), sum);
  }
  for (let i: i32 = 1; i < LENGTH; i++) {
    const x: i32 = load<i16>(gesture + (i << 1));
    const before: i32 = load<i16>(gesture + (i << 1) - 2);
    let left: i32 = load<i32>(last) + cost(x, before, load<i16>(y));
    store<i32>(row, left);
    for (let j: i32 = 1; j < TEMPLATE; j++) {
      const p: usize = y + (j << 1);
      const v: i32 = load<i16>(p);
      const o: usize = j << 2;
      let best: i32 = load<i32>(last + o - 4) + abs(x - v);
      const split: i32 = load<i32>(last + o) + cost(x, before, v);
      if (split < best) best = split;
      const merge: i32 = left + cost(v, load<i16>(p - 2), x);
      if (merge < best) best = merge;
      store<i32>(row + o, best);
      left = best;
    }
    const t: usize = last;
    last = row;
    row = t;
  }
  return load<i32>(last + 4 * (TEMPLATE - 1));
}

export function run(n: i32): i32 {
  let s: u32 = 2013;
  for (let i: i32 = 0; i < TEMPLATES * TEMPLATE; i++) {
    s = s * 1664525 + 1013904223;
    store<i16>(templates + (i << 1), <i16>((<i32>s) >> 24));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    // one of the four, slower at some places, with noise
    s = s * 1664525 + 1013904223;
    const shape: usize = templates + (s >> 30) * TEMPLATE * 2;
    let at: i32 = 0;
    for (let i: i32 = 0; i < LENGTH; i++) {
      s = s * 1664525 + 1013904223;
      store<i16>(gesture + (i << 1), <i16>(load<i16>(shape + (at << 1)) + ((<i32>s) >> 27)));
      if ((s & 0x300000) != 0 && at < TEMPLATE - 1) at++;
    }
    let nearest: i32 = 0;
    let least: i32 = i32.MAX_VALUE;
    for (let t: i32 = 0; t < TEMPLATES; t++) {
      const d: i32 = distance(templates + t * TEMPLATE * 2);
      h = h * 31 + d;
      if (d < least) {
        least = d;
        nearest = t;
      }
    }
    h = h * 31 + nearest;
    for (let j: i32 = 0; j < TEMPLATE; j++) {
      const p: usize = templates + ((nearest * TEMPLATE + j) << 1);
      store<i16>(p, <i16>((7 * <i32>load<i16>(p) + <i32>load<i16>(gesture + (j << 1))) >> 3));
    }
  }
  return h;
}

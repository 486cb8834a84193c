// A gesture against three enrolled ones by edit distance with real penalty: leaving a sample out costs how far it lies from a common value (two axes of 8 bits), matching two how far they lie from each other; one row of the table, a band of five to both sides, given up where the whole row is dearer than the best so far.
const TEMPLATES: i32 = 3;
const LONGEST: i32 = 18;
const BAND: i32 = 5;
const FAR: i32 = 0x3fffffff;

const gesture: usize = 1024; // i8[18][2]
const templates: usize = 1088; // i8[3][18][2]
const row: usize = 1280; // i32[19]

const lengths: StaticArray<u8> = [16, 18, 15];

let middleX: i32 = 0;
let middleY: i32 = 0;

function between(p: usize, q: usize): i32 {
  return abs(<i32>load<i8>(p) - <i32>load<i8>(q)) + abs(<i32>load<i8>(p, 1) - <i32>load<i8>(q, 1));
}

function gap(p: usize): i32 {
  return abs(<i32>load<i8>(p) - middleX) + abs(<i32>load<i8>(p, 1) - middleY);
}

function distance(other: usize, count: i32, limit: i32): i32 {
  let sum: i32 = 0;
  store<i32>(row, 0);
  for (let j: i32 = 1; j <= count; j++) {
    sum += gap(other + ((j - 1) << 1));
    store<i32>(row + (j << 2), j > BAND ? FAR : sum);
  }
  let start: i32 = 0;
  for (let i: i32 = 1; i <= LONGEST; i++) {
    const p: usize = gesture + ((i - 1) << 1);
    const own: i32 = gap(p);
    start += own;
    const first: i32 = max(i - BAND, 1);
    const last: i32 = min(i + BAND, count);
    let corner: i32 = load<i32>(row + ((first - 1) << 2));
    let left: i32 = i > BAND ? FAR : start;
    store<i32>(row + ((first - 1) << 2), left);
    let least: i32 = left;
    for (let j: i32 = first; j <= last; j++) {
      const q: usize = other + ((j - 1) << 1);
      const at: usize = row + (j << 2);
      const up: i32 = load<i32>(at);
      let cost: i32 = corner + between(p, q);
      cost = min(cost, up + own);
      cost = min(cost, left + gap(q));
      corner = up;
      left = cost;
      store<i32>(at, cost);
      if (cost < least) least = cost;
    }
    if (least >= limit) return limit;
  }
  return load<i32>(row + (count << 2));
}

export function run(n: i32): i32 {
  let s: u32 = 2004;
  for (let t: i32 = 0; t < TEMPLATES + 1; t++) {
    let x: i32 = 0;
    let y: i32 = 0;
    const at: usize = t < TEMPLATES ? templates + t * 2 * LONGEST : gesture;
    for (let i: i32 = 0; i < LONGEST; i++) {
      s = s * 1664525 + 1013904223;
      x = min(max(x + ((<i32>s) >> 27), -100), 100);
      y = min(max(y + ((<i32>(s << 8)) >> 27), -100), 100);
      store<i8>(at + (i << 1), <i8>x);
      store<i8>(at + (i << 1), <i8>y, 1);
    }
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    s = s * 1664525 + 1013904223;
    middleX = (<i32>s) >> 28;
    middleY = (<i32>(s << 6)) >> 28;
    let best: i32 = FAR - 1;
    let which: i32 = -1;
    for (let t: i32 = 0; t < TEMPLATES; t++) {
      const d: i32 = distance(templates + t * 2 * LONGEST, unchecked(lengths[t]), best);
      h = h * 31 + d;
      if (d < best) {
        best = d;
        which = t;
      }
    }
    h = h * 5 + which;
    // the next gesture: between this one and a template
    const to: usize = templates + <usize>((s >> 10) % TEMPLATES) * (2 * LONGEST);
    for (let i: i32 = 0; i < 2 * LONGEST; i++) {
      s = s * 1664525 + 1013904223;
      store<i8>(gesture + i, <i8>((<i32>load<i8>(gesture + i) + <i32>load<i8>(to + i) + ((<i32>s) >> 26)) >> 1));
    }
  }
  return h;
}

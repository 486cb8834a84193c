// Layers in which sums take the place of products and the greatest that of the sum (morphological network): 32 inputs (int16), 14 units answer with the greatest of input plus weight, 14 with the least of input minus weight (weights int8, shifted); which input decided is counted; an ordinary layer of six over the 28 comes last.
const IN: i32 = 32;
const HALF: i32 = 14;
const OUT: i32 = 6;

const x = changetype<StaticArray<i16>>(1024);
const above = changetype<StaticArray<i8>>(1088); // [14][32]
const below = changetype<StaticArray<i8>>(1536); // [14][32]
const between = changetype<StaticArray<i16>>(1984); // [28]
const last = changetype<StaticArray<i8>>(2048); // [6][28]
const decided = changetype<StaticArray<u16>>(2224); // [32]

function dilate(unit: i32): i32 {
  let most: i32 = i32.MIN_VALUE;
  let which: i32 = 0;
  for (let i: i32 = 0, w: i32 = unit * IN; i < IN; i++, w++) {
    const v: i32 = <i32>unchecked(x[i]) + (<i32>unchecked(above[w]) << 4);
    if (v > most) {
      most = v;
      which = i;
    }
  }
  unchecked(decided[which]++);
  return most;
}

function erode(unit: i32): i32 {
  let least: i32 = i32.MAX_VALUE;
  let which: i32 = 0;
  for (let i: i32 = 0, w: i32 = unit * IN; i < IN; i++, w++) {
    const v: i32 = <i32>unchecked(x[i]) - (<i32>unchecked(below[w]) << 4);
    if (v < least) {
      least = v;
      which = i;
    }
  }
  unchecked(decided[which]++);
  return least;
}

export function run(n: i32): i32 {
  let s: u32 = 1990;
  for (let i: i32 = 0; i < HALF * IN; i++) {
    s = s * 1664525 + 1013904223;
    unchecked((above[i] = <i8>(<i32>s >> 24)));
    unchecked((below[i] = <i8>(<i32>(s << 8) >> 24)));
  }
  for (let i: i32 = 0; i < OUT * 2 * HALF; i++) {
    s = s * 1664525 + 1013904223;
    unchecked((last[i] = <i8>(<i32>s >> 25)));
  }
  for (let i: i32 = 0; i < IN; i++) {
    s = s * 1664525 + 1013904223;
    unchecked((x[i] = <i16>(<i32>s >> 20)));
    unchecked((decided[i] = 0));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let u: i32 = 0; u < HALF; u++) {
      unchecked((between[2 * u] = <i16>dilate(u)));
      unchecked((between[2 * u + 1] = <i16>erode(u)));
    }
    for (let o: i32 = 0; o < OUT; o++) {
      let sum: i32 = 0;
      for (let i: i32 = 0; i < 2 * HALF; i++)
        sum += <i32>unchecked(between[i]) * <i32>unchecked(last[o * 2 * HALF + i]);
      h = h * 31 + (sum >> 5);
    }
    for (let i: i32 = 0; i < IN; i++) {
      s = s * 1664525 + 1013904223;
      unchecked((x[i] = <i16>((<i32>unchecked(x[i]) >> 1) + (<i32>s >> 20))));
      h += unchecked(decided[i]);
    }
  }
  return h;
}

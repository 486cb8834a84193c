// Letters out of a network's frames (connectionist temporal classification, prefixes in a beam): ten frames of a blank and four letters, costs in sixteenths of a bit; four beginnings are kept, each with the cost of ending in a blank and of ending in its letter; a beginning is one number of 64 bits (two bits a letter, a one in front); equal ones are put together by a table for the logarithm of a sum.
const FRAMES: i32 = 10;
const LETTERS: i32 = 4;
const BEAM: i32 = 4;
const NEVER: i32 = 20000;

@unmanaged
class Beginning {
  letters: u64;
  blank: i32;
  letter: i32;
}

const kept: usize = 1024; // Beginning[4]
const grown: usize = 1088; // Beginning[20]
const costs: usize = 1408; // u8[10][5]

// 16 * log2(1 + 2^(-i / 16))
const sum: StaticArray<u8> = [16, 16, 15, 15, 14, 14, 13, 13, 12, 12, 12, 11, 11, 10, 10, 10, 9, 9, 9, 8, 8, 8, 8, 7, 7, 7, 6, 6, 6, 6, 6, 5, 5, 5, 5, 5, 4, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1];

let count: i32 = 0;
let living: i32 = 0;

function either(a: i32, b: i32): i32 {
  if (a > b) {
    const c: i32 = a;
    a = b;
    b = c;
  }
  const apart: i32 = b - a;
  return apart < 64 ? a - <i32>unchecked(sum[apart]) : a;
}

function find(letters: u64): Beginning {
  for (let i: i32 = 0; i < count; i++) {
    const b = changetype<Beginning>(grown + i * offsetof<Beginning>());
    if (b.letters == letters) return b;
  }
  const b = changetype<Beginning>(grown + count++ * offsetof<Beginning>());
  b.letters = letters;
  b.blank = NEVER;
  b.letter = NEVER;
  return b;
}

function frame(cost: usize): void {
  count = 0;
  for (let i: i32 = 0; i < living; i++) {
    const from = changetype<Beginning>(kept + i * offsetof<Beginning>());
    const all: i32 = either(from.blank, from.letter);
    const same = find(from.letters);
    same.blank = either(same.blank, all + <i32>load<u8>(cost));
    const last: i32 = from.letters == 1 ? -1 : <i32>(from.letters & 3);
    if (last >= 0) same.letter = either(same.letter, from.letter + <i32>load<u8>(cost + last, 1));
    for (let l: i32 = 0; l < LETTERS; l++) {
      const more = find((from.letters << 2) | l);
      // the same letter once more needs a blank between
      more.letter = either(more.letter, (l == last ? from.blank : all) + <i32>load<u8>(cost + l, 1));
    }
  }
  living = 0;
  while (living < BEAM && living < count) {
    let least: i32 = i32.MAX_VALUE;
    let which: i32 = -1;
    for (let i: i32 = 0; i < count; i++) {
      const b = changetype<Beginning>(grown + i * offsetof<Beginning>());
      if (!b.letters) continue;
      const c: i32 = either(b.blank, b.letter);
      if (c < least) {
        least = c;
        which = i;
      }
    }
    const best = changetype<Beginning>(grown + which * offsetof<Beginning>());
    const to = changetype<Beginning>(kept + living++ * offsetof<Beginning>());
    to.letters = best.letters;
    to.blank = best.blank;
    to.letter = best.letter;
    best.letters = 0;
  }
}

export function run(n: i32): i32 {
  let s: u32 = 2006;
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < FRAMES; i++) {
      s = s * 1664525 + 1013904223;
      const likely: i32 = <i32>(s >> 29) - 3;
      for (let l: i32 = 0; l <= LETTERS; l++) {
        s = s * 1664525 + 1013904223;
        store<u8>(costs + i * (LETTERS + 1) + l, <u8>((s >> 26) + (l == max(likely, 0) ? 4 : 40)));
      }
    }
    const first = changetype<Beginning>(kept);
    first.letters = 1;
    first.blank = 0;
    first.letter = NEVER;
    living = 1;
    for (let t: i32 = 0; t < FRAMES; t++) frame(costs + t * (LETTERS + 1));
    for (let i: i32 = 0; i < living; i++) {
      const b = changetype<Beginning>(kept + i * offsetof<Beginning>());
      h = h * 31 + <i32>b.letters + either(b.blank, b.letter);
    }
  }
  return h;
}

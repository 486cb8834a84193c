// Kinds of a day's activity that nobody named (fuzzy ART): six features and what they lack of 255 (12 bytes), up to eight kinds; kinds are tried in the order of how well they hold the features, the first that is like enough learns (fast at first, slowly later), otherwise a new one begins, or the one that was not seen for longest.
const FEATURES: i32 = 6;
const WIDTH: i32 = 2 * FEATURES;
const KINDS: i32 = 8;
const NORM: i32 = FEATURES * 255;

@unmanaged
class Kind {
  size: i32;
  inside: i32;
  choice: i32;
  seen: i32;
  last: i32;
}

const kinds: usize = 1024; // Kind[8]
const corners: usize = 1216; // u8[8][12]
const input: usize = 1312; // u8[12]

let known: i32 = 0;
let now: i32 = 0;

@inline function kindAt(i: i32): Kind {
  return changetype<Kind>(kinds + i * offsetof<Kind>());
}

function begin(i: i32): i32 {
  memory.copy(corners + i * WIDTH, input, WIDTH);
  const kind = kindAt(i);
  kind.size = NORM;
  kind.seen = 1;
  kind.last = now;
  return i;
}

function learn(i: i32): void {
  const kind = kindAt(i);
  const corner: usize = corners + i * WIDTH;
  const slow: i32 = kind.seen < 4 ? 1 : 3;
  let size: i32 = 0;
  for (let f: i32 = 0; f < WIDTH; f++) {
    const c: i32 = load<u8>(corner + f);
    const x: i32 = load<u8>(input + f);
    const v: i32 = x < c ? c - ((c - x + slow - 1) >> (slow >> 1)) : c;
    store<u8>(corner + f, <u8>v);
    size += v;
  }
  kind.size = size;
  kind.seen++;
  kind.last = now;
}

function classify(like: i32): i32 {
  now++;
  for (let i: i32 = 0; i < known; i++) {
    const kind = kindAt(i);
    const corner: usize = corners + i * WIDTH;
    let inside: i32 = 0;
    for (let f: i32 = 0; f < WIDTH; f++) inside += <i32>min(load<u8>(corner + f), load<u8>(input + f));
    kind.inside = inside;
    kind.choice = (inside << 12) / (kind.size + 2);
  }
  for (let tried: i32 = 0; tried < known; tried++) {
    let best: i32 = -1;
    let which: i32 = 0;
    for (let i: i32 = 0; i < known; i++)
      if (kindAt(i).choice > best) {
        best = kindAt(i).choice;
        which = i;
      }
    if (kindAt(which).inside << 8 >= like * NORM) {
      learn(which);
      return which;
    }
    kindAt(which).choice = -1;
  }
  if (known < KINDS) return 16 + begin(known++);
  let oldest: i32 = 0;
  for (let i: i32 = 1; i < KINDS; i++) if (kindAt(i).last < kindAt(oldest).last) oldest = i;
  return 32 + begin(oldest);
}

export function run(n: i32): i32 {
  let s: u32 = 1991;
  known = 0;
  now = 0;
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let e: i32 = 0; e < 4; e++) {
      s = s * 1664525 + 1013904223;
      const about: u32 = (s >> 29) * 30;
      for (let f: i32 = 0; f < FEATURES; f++) {
        s = s * 1664525 + 1013904223;
        const v: u32 = ((about * (f + 1)) & 127) + (s >> 26);
        store<u8>(input + f, <u8>v);
        store<u8>(input + FEATURES + f, <u8>(255 - v));
      }
      const kind: i32 = classify(e & 1 ? 215 : 195);
      h = h * 31 + kind;
      h = h * 31 + kindAt(kind & 15).size;
    }
  }
  return h;
}

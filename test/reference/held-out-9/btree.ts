// An index of records in pages: a B-tree of at most five keys a node, full nodes split on the way down, 56 keys of ten bits put in (those already there are refused), then asked for the next key from a given one upwards, then walked in order by recursion; pages of 26 bytes from a pool.
const MOST: i32 = 5;
const PAGE: i32 = 26; // count u8, leaf u8, keys u16[5], children u16[6], two spare
const POOL: usize = 1024;

let root: usize = 0;
let pages: i32 = 0;

function take(leaf: i32): usize {
  const p: usize = POOL + pages++ * PAGE;
  store<u8>(p, 0);
  store<u8>(p, <u8>leaf, 1);
  return p;
}

// @ts-ignore: decorator
@inline
function count(p: usize): i32 {
  return <i32>load<u8>(p);
}

// @ts-ignore: decorator
@inline
function key(p: usize, i: i32): i32 {
  return <i32>load<u16>(p + (i << 1), 2);
}

// @ts-ignore: decorator
@inline
function child(p: usize, i: i32): usize {
  return <usize>load<u16>(p + (i << 1), 12);
}

/** The first place whose key is not below. */
function place(p: usize, k: i32): i32 {
  let i: i32 = 0;
  while (i < count(p) && key(p, i) < k) i++;
  return i;
}

function open(p: usize, i: i32, k: i32, right: usize): void {
  for (let j: i32 = count(p); j > i; j--) {
    store<u16>(p + (j << 1), <u16>key(p, j - 1), 2);
    store<u16>(p + ((j + 1) << 1), <u16>child(p, j), 12);
  }
  store<u16>(p + (i << 1), <u16>k, 2);
  store<u16>(p + ((i + 1) << 1), <u16>right, 12);
  store<u8>(p, <u8>(count(p) + 1));
}

function split(parent: usize, i: i32): void {
  const left: usize = child(parent, i);
  const right: usize = take(load<u8>(left, 1));
  const middle: i32 = MOST >> 1;
  const moved: i32 = MOST - middle - 1;
  for (let j: i32 = 0; j < moved; j++) store<u16>(right + (j << 1), <u16>key(left, middle + 1 + j), 2);
  if (!load<u8>(left, 1)) {
    for (let j: i32 = 0; j <= moved; j++) store<u16>(right + (j << 1), <u16>child(left, middle + 1 + j), 12);
  }
  store<u8>(right, <u8>moved);
  store<u8>(left, <u8>middle);
  open(parent, i, key(left, middle), right);
}

function insert(k: i32): bool {
  if (count(root) == MOST) {
    const old: usize = root;
    root = take(0);
    store<u16>(root, <u16>old, 12);
    split(root, 0);
  }
  let p: usize = root;
  while (true) {
    let i: i32 = place(p, k);
    if (i < count(p) && key(p, i) == k) return false;
    if (load<u8>(p, 1)) {
      open(p, i, k, 0);
      return true;
    }
    if (count(child(p, i)) == MOST) {
      split(p, i);
      if (key(p, i) == k) return false;
      if (key(p, i) < k) i++;
    }
    p = child(p, i);
  }
}

function above(k: i32): i32 {
  let best: i32 = 1024;
  let p: usize = root;
  while (true) {
    const i: i32 = place(p, k);
    if (i < count(p)) best = key(p, i);
    if (best == k || load<u8>(p, 1)) return best;
    p = child(p, i);
  }
}

function walk(p: usize, depth: i32, h: i32): i32 {
  const leaf: bool = load<u8>(p, 1) != 0;
  for (let i: i32 = 0; i < count(p); i++) {
    if (!leaf) h = walk(child(p, i), depth + 1, h);
    h = h * 31 + key(p, i) * 8 + depth;
  }
  return leaf ? h : walk(child(p, count(p)), depth + 1, h);
}

export function run(n: i32): i32 {
  let s: u32 = 5381;
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    pages = 0;
    root = take(1);
    let refused: i32 = 0;
    for (let i: i32 = 0; i < 56; i++) {
      s = s * 1664525 + 1013904223;
      if (!insert(<i32>(s >> 22))) refused++;
    }
    for (let i: i32 = 0; i < 24; i++) {
      s = s * 1664525 + 1013904223;
      h = h * 31 + above(<i32>(s >> 22));
    }
    h = walk(root, 0, h) + (refused << 20) + pages;
  }
  return h;
}

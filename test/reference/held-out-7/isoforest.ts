// A forest that isolates: four trees over sixteen enrolled samples each, split at random features and places by recursion (samples are put left and right in place), then the depth at which new samples end, with a correction for leaves of several.
const FEATURES = 4;
const SAMPLES = 32;
const TREES = 4;
const SUBSET = 16;
const LIMIT = 5;
const samples = changetype<StaticArray<i16>>(memory.data(SAMPLES * FEATURES * 2, 4));
const order = changetype<StaticArray<u8>>(memory.data(SAMPLES, 4));
const probe = changetype<StaticArray<i16>>(memory.data(FEATURES * 2, 4));
const roots = changetype<StaticArray<i32>>(memory.data(TREES * 4, 4));

// @ts-ignore: decorator
@unmanaged
class Node {
  feature: i16; // -1 is a leaf, its bound how many it holds
  bound: i16;
  left: i32;
  right: i32;
}
const nodes = memory.data(TREES * 40 * 12, 4);
const corrections: StaticArray<i32> = [0, 0, 256, 426, 553, 654, 738, 810, 873, 929, 980, 1026, 1068, 1107, 1143, 1177, 1209];
let used: i32 = 0;
let seed: u32 = 0;

// @ts-ignore: decorator
@inline
function node(i: i32): Node {
  return changetype<Node>(nodes + <usize>i * 12);
}

function random(below: i32): i32 {
  seed = seed * 1664525 + 1013904223;
  return <i32>((<u64>seed * <u64>below) >> 32);
}

function build(from: i32, to: i32, depth: i32): i32 {
  const at = used++;
  const here = node(at);
  const feature = random(FEATURES);
  let least: i32 = i16.MAX_VALUE;
  let most: i32 = i16.MIN_VALUE;
  for (let i = from; i < to; i++) {
    const v = <i32>unchecked(samples[<i32>order[i] * FEATURES + feature]);
    least = min(least, v);
    most = max(most, v);
  }
  if (depth == LIMIT || to - from < 2 || least == most) {
    here.feature = -1;
    here.bound = <i16>(to - from);
    return at;
  }
  const bound = least + random(most - least);
  let middle = from;
  for (let i = from; i < to; i++) {
    const which = unchecked(order[i]);
    if (<i32>unchecked(samples[<i32>which * FEATURES + feature]) > bound) continue;
    unchecked((order[i] = order[middle]));
    unchecked((order[middle++] = which));
  }
  here.feature = <i16>feature;
  here.bound = <i16>bound;
  here.left = build(from, middle, depth + 1);
  here.right = build(middle, to, depth + 1);
  return at;
}

function depthOf(root: i32): i32 {
  let at = node(root);
  let depth = 0;
  while (at.feature >= 0) {
    at = node(unchecked(probe[at.feature]) <= at.bound ? at.left : at.right);
    depth += 256;
  }
  return depth + unchecked(corrections[at.bound]);
}

export function run(n: i32): i32 {
  let h = 0;
  seed = 99991;
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < SAMPLES * FEATURES; i++) unchecked((samples[i] = <i16>(random(1000) + random(1000) + (i & 3) * 200 - 1000)));
    used = 0;
    for (let t = 0; t < TREES; t++) {
      for (let i = 0; i < SAMPLES; i++) unchecked((order[i] = <u8>i));
      for (let i = 0; i < SUBSET; i++) {
        const j = i + random(SAMPLES - i);
        const v = unchecked(order[i]);
        unchecked((order[i] = order[j]));
        unchecked((order[j] = v));
      }
      unchecked((roots[t] = build(0, SUBSET, 0)));
    }
    for (let p = 0; p < 8; p++) {
      for (let f = 0; f < FEATURES; f++) unchecked((probe[f] = <i16>(random(2000 + p * 300) - 1000 - p * 50)));
      let depth = 0;
      for (let t = 0; t < TREES; t++) depth += depthOf(unchecked(roots[t]));
      h = h * 31 + depth;
    }
    h ^= used << 22;
  }
  return h;
}

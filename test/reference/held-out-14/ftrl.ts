// What the wearer will want next, learnt on the device and kept sparse (follow the regularised leader, proximal): examples of five features that are hashed to 96 places; a place has its sum of steps and of their squares, the weight is made when it is asked for (nothing unless the sum is large enough); Q16, a root by Newton's steps, a sigmoid by a quotient; six examples an iteration.
const PLACES: u32 = 96;
const FEATURES: i32 = 5;
const ALWAYS: i32 = 40000; // what keeps weights at nothing, Q16
const SLOW: i32 = 65536;

@unmanaged
class Place {
  z: i32;
  n: u32;
}

const places: usize = 1024; // Place[96]
const active: StaticArray<i32> = [0, 0, 0, 0, 0];
const weights: StaticArray<i32> = [0, 0, 0, 0, 0];

let nothing: i32 = 0;

// the root of a Q16 number as Q16
function root(v: u32): u32 {
  if (v == 0) return 0;
  const wide: u64 = <u64>v << 16;
  let r: u32 = 1 << ((49 - <u32>clz(v)) >> 1);
  for (let i: i32 = 0; i < 4; i++) r = (r + <u32>(wide / r)) >> 1;
  return r;
}

function weight(p: Place): i32 {
  const z: i32 = p.z;
  if (abs(z) <= ALWAYS) {
    nothing++;
    return 0;
  }
  const over: i32 = z > 0 ? z - ALWAYS : z + ALWAYS;
  const slowness: i32 = SLOW + <i32>(root(p.n) << 2) + 6554;
  return <i32>(-(<i64>over << 16) / slowness);
}

function sigmoid(v: i32): i32 {
  return 32768 + <i32>((<i64>v << 15) / (65536 + abs(v)));
}

function example(key: u32, clicked: i32): i32 {
  let score: i32 = 0;
  for (let f: i32 = 0; f < FEATURES; f++) {
    let hash: u32 = (((key >> (f * 3)) & 7) + <u32>f * 8) * 0x9e3779b1;
    hash ^= hash >> 15;
    const at: i32 = <i32>(hash % PLACES);
    unchecked((active[f] = at));
    const w: i32 = weight(changetype<Place>(places + at * offsetof<Place>()));
    unchecked((weights[f] = w));
    score += w;
  }
  const wrong: i32 = sigmoid(score) - (clicked ? 65536 : 0);
  const square: u32 = <u32>((<u64>(<i64>wrong * wrong)) >> 16);
  for (let f: i32 = 0; f < FEATURES; f++) {
    const p = changetype<Place>(places + unchecked(active[f]) * offsetof<Place>());
    const speed: i32 = <i32>(root(p.n + square) - root(p.n)) << 2;
    p.z += wrong - <i32>((<i64>speed * unchecked(weights[f])) >> 16);
    p.n += square;
    if (p.n > 1 << 24) p.n >>= 1;
  }
  return wrong;
}

export function run(n: i32): i32 {
  let s: u32 = 2013;
  memory.fill(places, 0, <usize>PLACES * offsetof<Place>());
  nothing = 0;
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let e: i32 = 0; e < 6; e++) {
      s = s * 1664525 + 1013904223;
      const key: u32 = s >> 17;
      const clicked: i32 = ((key & 7) < 3 ? 1 : 0) ^ (s & 0x1c00 ? 0 : 1) ^ (((key >> 6) & 7) == 5 ? 1 : 0);
      h = h * 31 + example(key, clicked);
    }
    h ^= nothing;
  }
  return h;
}

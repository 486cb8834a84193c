// Is this the wearer's way of typing: the local outlier factor of each of fourteen records of three features (16 bits): distances of all pairs (sums of differences) in a triangle, the three nearest of each, what is reached from them, densities as quotients, the factor in 1/256; the newest record replaces the strangest one.
const RECORDS: i32 = 14;
const FEATURES: i32 = 3;
const NEAR: i32 = 3;

const records: usize = 1024; // i16[14][3]
const triangle: usize = 1152; // u16[91]
const nearest: usize = 1344; // u8[14][3], the farthest of them last
const density: usize = 1408; // i32[14]

function distance(i: i32, j: i32): i32 {
  if (i < j) {
    const t: i32 = i;
    i = j;
    j = t;
  }
  return load<u16>(triangle + ((((i * (i - 1)) >> 1) + j) << 1));
}

function measure(): void {
  let out: usize = triangle;
  for (let i: i32 = 1; i < RECORDS; i++) {
    for (let j: i32 = 0; j < i; j++) {
      const p: usize = records + i * (2 * FEATURES);
      const q: usize = records + j * (2 * FEATURES);
      let sum: i32 = 0;
      for (let f: i32 = 0; f < 2 * FEATURES; f += 2) sum += abs(<i32>load<i16>(p + f) - <i32>load<i16>(q + f));
      store<u16>(out, <u16>sum);
      out += 2;
    }
  }
}

function neighbours(i: i32): void {
  const list: usize = nearest + i * NEAR;
  let count: i32 = 0;
  for (let j: i32 = 0; j < RECORDS; j++) {
    if (j == i) continue;
    const d: i32 = distance(i, j);
    let at: i32 = count;
    while (at > 0 && d < distance(i, load<u8>(list + at - 1))) {
      if (at < NEAR) store<u8>(list + at, load<u8>(list + at - 1));
      at--;
    }
    if (at < NEAR) {
      store<u8>(list + at, <u8>j);
      if (count < NEAR) count++;
    }
  }
}

function reach(i: i32, j: i32): i32 {
  return max(distance(j, load<u8>(nearest + j * NEAR, NEAR - 1)), distance(i, j));
}

export function run(n: i32): i32 {
  let s: u32 = 2000;
  for (let i: i32 = 0; i < RECORDS * FEATURES; i++) {
    s = s * 22695477 + 1;
    store<i16>(records + (i << 1), <i16>((<i32>s) >> 21));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    measure();
    for (let i: i32 = 0; i < RECORDS; i++) neighbours(i);
    for (let i: i32 = 0; i < RECORDS; i++) {
      let sum: i32 = 1;
      for (let m: i32 = 0; m < NEAR; m++) sum += reach(i, load<u8>(nearest + i * NEAR + m));
      store<i32>(density + (i << 2), (NEAR << 16) / sum);
    }
    let worst: i32 = 0;
    let strangest: i32 = 0;
    for (let i: i32 = 0; i < RECORDS; i++) {
      let sum: i32 = 0;
      for (let m: i32 = 0; m < NEAR; m++) sum += load<i32>(density + (<usize>load<u8>(nearest + i * NEAR + m) << 2));
      const factor: i32 = (sum << 8) / (NEAR * (load<i32>(density + (i << 2)) + 1));
      h = h * 31 + factor;
      if (factor > worst) {
        worst = factor;
        strangest = i;
      }
    }
    h = h * 31 + strangest;
    for (let f: i32 = 0; f < FEATURES; f++) {
      s = s * 22695477 + 1;
      store<i16>(records + strangest * (2 * FEATURES) + (f << 1), <i16>((<i32>s) >> (s & 0x800 ? 20 : 22)));
    }
  }
  return h;
}

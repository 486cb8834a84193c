// Five typical places out of 36 samples of four features (16 bits): three rounds of nearest centre by squared distance and mean, a centre that nobody chose stays; then how tight each is and which is largest.
const CENTRES = 5;
const SAMPLES = 36;
const FEATURES = 4;
const samples = changetype<StaticArray<i16>>(memory.data(SAMPLES * FEATURES * 2, 4));
const centres = changetype<StaticArray<i16>>(memory.data(CENTRES * FEATURES * 2, 4));
const sums = changetype<StaticArray<i32>>(memory.data(CENTRES * FEATURES * 4, 4));
const counts = changetype<StaticArray<i32>>(memory.data(CENTRES * 4, 4));
const spread = changetype<StaticArray<i64>>(memory.data(CENTRES * 8, 8));

function assign(): i32 {
  let moved = 0;
  for (let c = 0; c < CENTRES; c++) {
    unchecked((counts[c] = 0));
    unchecked((spread[c] = 0));
    for (let f = 0; f < FEATURES; f++) unchecked((sums[c * FEATURES + f] = 0));
  }
  for (let i = 0; i < SAMPLES; i++) {
    let best = i32.MAX_VALUE;
    let which = 0;
    for (let c = 0; c < CENTRES; c++) {
      let distance = 0;
      for (let f = 0; f < FEATURES; f++) {
        const d = <i32>unchecked(samples[i * FEATURES + f]) - <i32>unchecked(centres[c * FEATURES + f]);
        distance += d * d;
      }
      if (distance < best) {
        best = distance;
        which = c;
      }
    }
    unchecked(counts[which]++);
    unchecked((spread[which] += <i64>best));
    for (let f = 0; f < FEATURES; f++) unchecked((sums[which * FEATURES + f] += <i32>samples[i * FEATURES + f]));
    moved = moved * 5 + which;
  }
  return moved;
}

function update(): void {
  for (let c = 0; c < CENTRES; c++) {
    const count = unchecked(counts[c]);
    if (count == 0) continue;
    for (let f = 0; f < FEATURES; f++) unchecked((centres[c * FEATURES + f] = <i16>(sums[c * FEATURES + f] / count)));
  }
}

export function run(n: i32): i32 {
  let h = 0;
  let s: u32 = 5;
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < SAMPLES; i++)
      for (let f = 0; f < FEATURES; f++) {
        s = s * 1664525 + 1013904223;
        const place = ((i % 6) * (f + 2) * 1237) % 8000;
        unchecked((samples[i * FEATURES + f] = <i16>(place - 4000 + <i32>(s >> 21))));
      }
    for (let c = 0; c < CENTRES; c++)
      for (let f = 0; f < FEATURES; f++) unchecked((centres[c * FEATURES + f] = samples[((c * 7 + k) % SAMPLES) * FEATURES + f]));
    for (let round = 0; round < 3; round++) {
      h = h * 31 + assign();
      update();
    }
    let largest = 0;
    for (let c = 0; c < CENTRES; c++) {
      if (unchecked(counts[c] > counts[largest])) largest = c;
      if (unchecked(counts[c])) h ^= <i32>unchecked(spread[c] / <i64>counts[c]) << c;
    }
    h = h * 7 + largest;
  }
  return h;
}

// Worn or not: a histogram of 64 bins of the reflected light, Otsu's threshold over it (products and quotient of 64 bits), and how many lie above.
const SAMPLES = 200;
const BINS = 64;
const light = changetype<StaticArray<u8>>(memory.data(SAMPLES));
const bins = changetype<StaticArray<u16>>(memory.data(BINS * 2, 8));

function threshold(): i32 {
  for (let i = 0; i < BINS; i++) unchecked((bins[i] = 0));
  for (let i = 0; i < SAMPLES; i++) unchecked(bins[light[i] >> 2]++);
  let total: u32 = 0;
  for (let i = 0; i < BINS; i++) total += i * unchecked(bins[i]);
  let below: u32 = 0;
  let sum: u32 = 0;
  let best: u64 = 0;
  let where = 0;
  for (let i = 0; i < BINS; i++) {
    below += unchecked(bins[i]);
    if (below == 0) continue;
    const above: u32 = SAMPLES - below;
    if (above == 0) break;
    sum += i * unchecked(bins[i]);
    const apart: i64 = <i64>sum * SAMPLES - <i64>total * below;
    const between: u64 = <u64>(apart * apart) / (<u64>below * above);
    if (between > best) {
      best = between;
      where = i;
    }
  }
  return where;
}

export function run(n: i32): i32 {
  let s: u32 = 123;
  for (let i = 0; i < SAMPLES; i++) {
    s = s * 1103515245 + 12345;
    const spread = <i32>((s >> 16) & 63) + <i32>((s >> 24) & 31);
    unchecked((light[i] = <u8>((i % 5 < 2 ? 120 : 20) + spread)));
  }
  let h: i32 = 0;
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < 10; i++) unchecked((light[(k * 17 + i * 3) % SAMPLES] = <u8>(k * 29 + i)));
    const limit = threshold();
    let above = 0;
    for (let i = 0; i < SAMPLES; i++) if (<i32>unchecked(light[i]) >> 2 > limit) above++;
    h = h * 257 + (limit << 8) + above;
  }
  return h;
}

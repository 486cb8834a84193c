// Peaks of a spectrum with their prominence: local maxima, plateaus by their middle; to both sides as far as a higher one, the higher of the two lowest points; the three best kept.
const COUNT: i32 = 96;
const Y: usize = 4096; // u16[96]
const BEST: usize = 1024; // (prominence << 8 | position): u32[3]

function at(i: i32): i32 {
  return <i32>load<u16>(Y + ((<usize>i) << 1));
}

function lowest(from: i32, step: i32, height: i32): i32 {
  let low: i32 = height;
  for (let i: i32 = from; i >= 0 && i < COUNT; i += step) {
    const v: i32 = at(i);
    if (v > height) break;
    if (v < low) low = v;
  }
  return low;
}

function keep(entry: u32): void {
  let p: usize = BEST;
  for (let i: i32 = 0; i < 3; i++, p += 4) {
    const old: u32 = load<u32>(p);
    if (entry > old) {
      store<u32>(p, entry);
      entry = old;
    }
  }
}

function search(): i32 {
  store<u64>(BEST, 0);
  store<u32>(BEST, 0, 8);
  let found: i32 = 0;
  let i: i32 = 1;
  while (i < COUNT - 1) {
    if (at(i - 1) >= at(i)) {
      i++;
      continue;
    }
    let j: i32 = i;
    while (j + 1 < COUNT && at(j + 1) == at(i)) j++;
    if (j + 1 < COUNT && at(j + 1) < at(i)) {
      const peak: i32 = (i + j) >> 1;
      const left: i32 = lowest(peak - 1, -1, at(peak));
      const right: i32 = lowest(peak + 1, 1, at(peak));
      const prominence: i32 = at(peak) - (left > right ? left : right);
      if (prominence > 40) {
        found++;
        keep((<u32>prominence << 8) | <u32>peak);
      }
    }
    i = j + 1;
  }
  return found;
}

export function run(n: i32): i32 {
  let v: u32 = 17;
  for (let i: i32 = 0; i < COUNT; i++) {
    v = v * 75 + 74;
    if (v >= 65537) v %= 65537;
    const bump: i32 = 900 - (i % 24 - 12) * (i % 24 - 12) * 6;
    store<u16>(Y + ((<usize>i) << 1), <u16>(((bump + <i32>(v & 255)) >> 3) << 3));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    store<u16>(Y + ((<usize>((k * 19) % COUNT)) << 1), <u16>(700 + k * 33));
    const found: i32 = search();
    h = h * 31 + found + <i32>(load<u32>(BEST) ^ load<u32>(BEST, 4) ^ load<u32>(BEST, 8));
  }
  return h;
}

// Four state-variable filters side by side (tremor, step, pulse, voice bands): low, band and high of each sample in 32 bits with products of 64, the band's envelope with a quick rise and a slow fall, a decision with two thresholds; 40 samples.
const BANDS = 4;
const COUNT = 40;

// @ts-ignore: decorator
@unmanaged
class Filter {
  tune: i32;
  damp: i32;
  low: i32;
  band: i32;
  level: i32;
  active: bool;
}
const filters = memory.data(BANDS * 24, 4);
const tunes: StaticArray<i32> = [1700, 4100, 9000, 21000];
const damps: StaticArray<i32> = [22000, 18000, 9000, 26000];

// @ts-ignore: decorator
@inline
function filterOf(band: i32): Filter {
  return changetype<Filter>(filters + <usize>band * 24);
}

const samples = changetype<StaticArray<i16>>(memory.data(COUNT * 2, 4));

// @ts-ignore: decorator
@inline
function times(a: i32, b: i32): i32 {
  return <i32>((<i64>a * <i64>b) >> 15);
}

function feed(filter: Filter, x: i32): void {
  filter.low += times(filter.tune, filter.band);
  const high = x - filter.low - times(filter.damp, filter.band);
  filter.band += times(filter.tune, high);
  const size = abs(filter.band);
  filter.level += size > filter.level ? (size - filter.level) >> 2 : (size - filter.level) >> 6;
  if (filter.active) {
    if (filter.level < 30000) filter.active = false;
  } else if (filter.level > 60000) filter.active = true;
}

export function run(n: i32): i32 {
  for (let b = 0; b < BANDS; b++) {
    const filter = filterOf(b);
    filter.tune = unchecked(tunes[b]);
    filter.damp = unchecked(damps[b]);
    filter.low = 0;
    filter.band = 0;
    filter.level = 0;
    filter.active = false;
  }
  let h = 0;
  let phase: u32 = 0;
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < COUNT; i++) {
      phase += 40000000 + (<u32>k % 9) * 77000000;
      const saw = <i32>phase >> 19;
      unchecked((samples[i] = <i16>(saw < 0 ? -saw - 2048 : saw - 2048)));
    }
    for (let i = 0; i < COUNT; i++)
      for (let b = 0; b < BANDS; b++) {
        const filter = filterOf(b);
        feed(filter, <i32>unchecked(samples[i]) << 6);
        if (filter.active) h = h * 3 + b;
      }
    for (let b = 0; b < BANDS; b++) h = h * 31 + filterOf(b).level;
  }
  return h;
}

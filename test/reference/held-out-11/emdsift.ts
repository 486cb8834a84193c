// What swings fastest in a pulse wave (empirical mode decomposition, two siftings of 56 samples): greatest and least places, straight lines between the greatest and between the least ones (the ends go on level), half their sum taken away; how many extremes there were and what is left as sum of squares; the rest is the next wave's beginning.
const COUNT: i32 = 56;
const wave: usize = 1024; // i32[56]
const upper: usize = 1280; // i32[56]
const lower: usize = 1536; // i32[56]
const peaks: usize = 1792; // u8[30]
const valleys: usize = 1824; // u8[30]

let peakCount: i32 = 0;
let valleyCount: i32 = 0;

function extremes(): void {
  peakCount = 0;
  valleyCount = 0;
  let rising: bool = false;
  let falling: bool = false;
  for (let i: i32 = 1; i < COUNT; i++) {
    const step: i32 = load<i32>(wave + (i << 2)) - load<i32>(wave + (i << 2) - 4);
    if (step > 0) {
      if (falling) store<u8>(valleys + valleyCount++, <u8>(i - 1));
      rising = true;
      falling = false;
    } else if (step < 0) {
      if (rising) store<u8>(peaks + peakCount++, <u8>(i - 1));
      falling = true;
      rising = false;
    }
  }
}

function envelope(places: usize, count: i32, to: usize): void {
  let at: i32 = load<u8>(places);
  let value: i32 = load<i32>(wave + (at << 2));
  for (let i: i32 = 0; i < at; i++) store<i32>(to + (i << 2), value);
  for (let p: i32 = 1; p < count; p++) {
    const next: i32 = load<u8>(places + p);
    const nextValue: i32 = load<i32>(wave + (next << 2));
    const slope: i32 = ((nextValue - value) << 8) / (next - at);
    let line: i32 = value << 8;
    while (at < next) {
      store<i32>(to + (at << 2), line >> 8);
      line += slope;
      at++;
    }
    value = nextValue;
  }
  while (at < COUNT) store<i32>(to + (at++ << 2), value);
}

export function run(n: i32): i32 {
  let s: u32 = 1998;
  let slow: i32 = 0;
  let h: i32 = 0;
  memory.fill(wave, 0, COUNT * 4);
  for (let k: i32 = 0; k < n; k++) {
    let phase: i32 = k * 5;
    for (let i: i32 = 0; i < COUNT; i++) {
      s = s * 1664525 + 1013904223;
      slow += (<i32>s) >> 25;
      phase += 4 + <i32>((s >> 13) & 3);
      const triangle: i32 = abs((phase & 63) - 32) * 40;
      store<i32>(
        wave + (i << 2),
        (load<i32>(wave + (i << 2)) >> 2) + triangle + slow + ((<i32>(s << 9)) >> 25),
      );
    }
    slow -= slow >> 2;
    for (let turn: i32 = 0; turn < 2; turn++) {
      extremes();
      h = h * 31 + peakCount * 32 + valleyCount;
      if (peakCount < 2 || valleyCount < 2) break;
      envelope(peaks, peakCount, upper);
      envelope(valleys, valleyCount, lower);
      for (let i: i32 = 0; i < COUNT; i++) {
        const o: usize = i << 2;
        store<i32>(wave + o, load<i32>(wave + o) - ((load<i32>(upper + o) + load<i32>(lower + o)) >> 1));
      }
    }
    let energy: i64 = 0;
    for (let i: i32 = 0; i < COUNT; i++) {
      const v: i64 = load<i32>(wave + (i << 2));
      energy += v * v;
      h = h * 31 + <i32>v;
    }
    h = h * 31 + <i32>(energy >> 6);
  }
  return h;
}

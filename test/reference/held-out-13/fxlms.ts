// A fan's hum kept from the ear (filtered-x least mean squares): 16 taps make a sound against it from a reference, which reaches the ear through a path of six taps; the reference through a copy of that path says how to mend each tap; Q12, rings of sixteen whose newest is written twice so that no sum wraps, 24 samples an iteration.
const TAPS: i32 = 16;
const PATH: i32 = 6;
const WAY: i32 = 8;

const taps: usize = 1024; // i16[16]
const reference: usize = 1088; // i16[32]
const against: usize = 1152; // i16[32]
const filtered: usize = 1216; // i16[32]

const path: StaticArray<i16> = [0, 310, 2600, 1240, -420, 95];
const way: StaticArray<i16> = [0, 0, 120, 900, 2900, 760, -640, 210];

function put(ring: usize, at: i32, v: i32): void {
  store<i16>(ring + (at << 1), <i16>v);
  store<i16>(ring + (at << 1), <i16>v, 2 * TAPS);
}

function through(coefficients: StaticArray<i16>, count: i32, newest: usize): i32 {
  let sum: i32 = 2048;
  for (let i: i32 = 0; i < count; i++) sum += <i32>unchecked(coefficients[i]) * <i32>load<i16>(newest + (i << 1));
  return sum >> 12;
}

export function run(n: i32): i32 {
  let s: u32 = 50;
  let at: i32 = 0;
  let phase: u32 = 0;
  let h: i32 = 0;
  memory.fill(taps, 0, 256);
  for (let k: i32 = 0; k < n; k++) {
    let power: i32 = 0;
    for (let t: i32 = 0; t < 24; t++) {
      s = s * 1664525 + 1013904223;
      phase += 2900 + (s >> 26);
      const x: i32 = <i32>((phase & 0x7fff) * (0x7fff - (phase & 0x7fff))) >> 17;
      const hum: i32 = (phase & 0x8000 ? -x : x) + ((<i32>s) >> 26);
      at = (at - 1) & (TAPS - 1);
      put(reference, at, hum);
      const newest: usize = reference + (at << 1);
      let y: i32 = 0;
      for (let i: i32 = 0; i < TAPS; i++) y += <i32>load<i16>(taps + (i << 1)) * <i32>load<i16>(newest + (i << 1));
      put(against, at, y >> 12);
      put(filtered, at, through(path, PATH, newest));
      const error: i32 = through(way, WAY, newest) + through(path, PATH, against + (at << 1));
      const push: i32 = error * 6;
      for (let i: i32 = 0; i < TAPS; i++) {
        const w: usize = taps + (i << 1);
        store<i16>(w, <i16>(<i32>load<i16>(w) - ((push * <i32>load<i16>(filtered + ((at + i) << 1))) >> 16)));
      }
      power += abs(error);
      h = h * 31 + error;
    }
    h = h * 31 + power;
  }
  return h;
}

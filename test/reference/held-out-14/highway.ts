// Layers that may let their input pass (highway): three layers of 20 values (int16, Q10), int8 weights for what they make and for the gate, both rows in one loop; the gate is biased to pass, from a table of 32 between which a straight line is drawn; the result is the next input with noise.
const WIDTH: i32 = 20;
const LAYERS: i32 = 3;

const value = changetype<StaticArray<i16>>(1024);
const next = changetype<StaticArray<i16>>(1072);
const make = changetype<StaticArray<i8>>(1120);
const pass = changetype<StaticArray<i8>>(2320);

// 256 / (1 + exp(-i / 4 + 4)) for i of 0 to 32
const table: StaticArray<u16> = [
  5, 6, 8, 10, 12, 15, 19, 24, 31, 38, 47, 57, 69, 82, 97, 112, 128, 144, 159, 174, 187, 199, 209, 218, 225,
  232, 237, 241, 244, 246, 248, 250, 251,
];

function gate(v: i32): i32 {
  const at: i32 = v + 4096;
  if (at <= 0) return 5;
  if (at >= 8192) return 251;
  const i: i32 = at >> 8;
  const low: i32 = unchecked(table[i]);
  return low + (((<i32>unchecked(table[i + 1]) - low) * (at & 255)) >> 8);
}

export function run(n: i32): i32 {
  let s: u32 = 505;
  for (let i: i32 = 0; i < LAYERS * WIDTH * WIDTH; i++) {
    s = s * 1664525 + 1013904223;
    unchecked((make[i] = <i8>(<i32>s >> 25)));
    unchecked((pass[i] = <i8>(<i32>(s << 8) >> 26)));
  }
  for (let i: i32 = 0; i < WIDTH; i++) {
    s = s * 1664525 + 1013904223;
    unchecked((value[i] = <i16>(<i32>s >> 20)));
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let l: i32 = 0; l < LAYERS; l++) {
      for (let o: i32 = 0, w: i32 = l * WIDTH * WIDTH; o < WIDTH; o++) {
        let made: i32 = 0;
        let passed: i32 = -1024 << 6;
        for (let i: i32 = 0; i < WIDTH; i++, w++) {
          const v: i32 = unchecked(value[i]);
          made += v * <i32>unchecked(make[w]);
          passed += v * <i32>unchecked(pass[w]);
        }
        made = max(made >> 7, 0);
        const t: i32 = gate(passed >> 6);
        unchecked((next[o] = <i16>min((made * t + <i32>unchecked(value[o]) * (256 - t) + 128) >> 8, 32767)));
      }
      for (let i: i32 = 0; i < WIDTH; i++) unchecked((value[i] = next[i]));
    }
    for (let i: i32 = 0; i < WIDTH; i++) {
      s = s * 1664525 + 1013904223;
      h = h * 31 + <i32>unchecked(value[i]);
      unchecked((value[i] = <i16>((<i32>unchecked(value[i]) >> 2) + (<i32>s >> 20))));
    }
  }
  return h;
}

// Smoothing and slope by Savitzky and Golay (nine points, parabola) of three axes, edges mirrored, rounded divisions by 231 and 60; then where the slope changes its sign and how strong the turns are. The index of a coefficient is checked.
const COUNT = 56;
const HALF = 4;
const smooth: StaticArray<i16> = [-21, 14, 39, 54, 59, 54, 39, 14, -21];
const samples = changetype<StaticArray<i16>>(memory.data(COUNT * 3 * 2, 4));
const level = changetype<StaticArray<i16>>(memory.data(COUNT * 2, 4));
const slope = changetype<StaticArray<i16>>(memory.data(COUNT * 2, 4));

function mirrored(i: i32): i32 {
  if (i < 0) return -i;
  if (i >= COUNT) return 2 * (COUNT - 1) - i;
  return i;
}

function rounded(v: i32, by: i32): i32 {
  return (v >= 0 ? v + by / 2 : v - by / 2) / by;
}

function filter(axis: i32): void {
  for (let t = 0; t < COUNT; t++) {
    let a = 0;
    let b = 0;
    for (let j = -HALF; j <= HALF; j++) {
      const v = <i32>unchecked(samples[mirrored(t + j) * 3 + axis]);
      a += v * <i32>smooth[j + HALF];
      b += v * j;
    }
    unchecked((level[t] = <i16>rounded(a, 231)));
    unchecked((slope[t] = <i16>rounded(b << 3, 60)));
  }
}

function turns(): i32 {
  let count = 0;
  let strength = 0;
  let from = <i32>unchecked(level[0]);
  for (let t = 1; t < COUNT; t++) {
    const before = <i32>unchecked(slope[t - 1]);
    const now = <i32>unchecked(slope[t]);
    if ((before ^ now) < 0 && (before > 4 || now > 4)) {
      count++;
      strength += abs(<i32>unchecked(level[t]) - from);
      from = <i32>unchecked(level[t]);
    }
  }
  return (strength << 6) + count;
}

export function run(n: i32): i32 {
  let h = 0;
  for (let k = 0; k < n; k++) {
    let s: u32 = <u32>k * 2654435761 + 12345;
    for (let i = 0; i < COUNT * 3; i++) {
      s = s * 1664525 + 1013904223;
      const wave = ((i / 3) * (3 + (i % 3)) + k) & 31;
      unchecked((samples[i] = <i16>((wave < 16 ? wave : 31 - wave) * 180 - 1400 + <i32>(s >> 23))));
    }
    for (let axis = 0; axis < 3; axis++) {
      filter(axis);
      h = h * 31 + turns();
    }
  }
  return h;
}

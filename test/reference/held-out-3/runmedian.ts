// A running median of nine: a sorted window beside a ring, the oldest taken out and the newest put in by moving what is between.
const ring: StaticArray<i16> = [0, 0, 0, 0, 0, 0, 0, 0, 0];
const sorted: StaticArray<i16> = [0, 0, 0, 0, 0, 0, 0, 0, 0];
let at: i32 = 0;

function reset(v: i16): void {
  for (let i = 0; i < 9; i++) {
    unchecked((ring[i] = v));
    unchecked((sorted[i] = v));
  }
  at = 0;
}

function push(v: i16): i16 {
  const old = unchecked(ring[at]);
  unchecked((ring[at] = v));
  at = at == 8 ? 0 : at + 1;
  let i = 0;
  while (unchecked(sorted[i]) != old) i++;
  if (v > old) {
    while (i < 8 && unchecked(sorted[i + 1]) < v) {
      unchecked((sorted[i] = sorted[i + 1]));
      i++;
    }
  } else {
    while (i > 0 && unchecked(sorted[i - 1]) > v) {
      unchecked((sorted[i] = sorted[i - 1]));
      i--;
    }
  }
  unchecked((sorted[i] = v));
  return unchecked(sorted[4]);
}

export function run(n: i32): i32 {
  let out = 0;
  let s: u32 = 5;
  for (let k = 0; k < n; k++) {
    reset(<i16>k);
    for (let i = 0; i < 150; i++) {
      s = s * 22695477 + 1;
      let v = <i32>(s >> 20) - 2048;
      if ((i & 15) == 9) v <<= 3;
      const m = push(<i16>v);
      if (v - m > 3000 || m - v > 3000) out += 100;
      out += m;
    }
  }
  return out;
}

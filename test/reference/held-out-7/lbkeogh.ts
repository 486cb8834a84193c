// Which of six recordings is nearest a gesture, by Keogh's lower bound: an upper and a lower envelope of the gesture over nine samples by queues that keep what can still be an extreme, then the squared way out of the envelope, given up beyond the best.
const LENGTH = 44;
const REACH = 4;
const RECORDINGS = 6;
const gesture = changetype<StaticArray<i16>>(memory.data(LENGTH * 2, 4));
const upper = changetype<StaticArray<i16>>(memory.data(LENGTH * 2, 4));
const lower = changetype<StaticArray<i16>>(memory.data(LENGTH * 2, 4));
const recordings = changetype<StaticArray<i16>>(memory.data(RECORDINGS * LENGTH * 2, 4));
const highs = changetype<StaticArray<u8>>(memory.data(LENGTH, 4));
const lows = changetype<StaticArray<u8>>(memory.data(LENGTH, 4));

function envelope(): void {
  let highFirst = 0;
  let highEnd = 0;
  let lowFirst = 0;
  let lowEnd = 0;
  for (let i = 0; i < LENGTH + REACH; i++) {
    if (i < LENGTH) {
      const v = unchecked(gesture[i]);
      while (highEnd > highFirst && unchecked(gesture[highs[highEnd - 1]]) <= v) highEnd--;
      unchecked((highs[highEnd++] = <u8>i));
      while (lowEnd > lowFirst && unchecked(gesture[lows[lowEnd - 1]]) >= v) lowEnd--;
      unchecked((lows[lowEnd++] = <u8>i));
    }
    const t = i - REACH;
    if (t < 0) continue;
    while (<i32>unchecked(highs[highFirst]) < t - REACH) highFirst++;
    while (<i32>unchecked(lows[lowFirst]) < t - REACH) lowFirst++;
    unchecked((upper[t] = gesture[highs[highFirst]]));
    unchecked((lower[t] = gesture[lows[lowFirst]]));
  }
}

function bound(recording: i32, best: i32): i32 {
  let sum = 0;
  const from = recording * LENGTH;
  for (let t = 0; t < LENGTH; t++) {
    const v = <i32>unchecked(recordings[from + t]);
    const above = v - <i32>unchecked(upper[t]);
    const below = <i32>unchecked(lower[t]) - v;
    if (above > 0) sum += (above * above) >> 4;
    else if (below > 0) sum += (below * below) >> 4;
    else continue;
    if (sum >= best) return -1 - t;
  }
  return sum;
}

export function run(n: i32): i32 {
  let h = 0;
  let s: u32 = 1234567;
  for (let k = 0; k < n; k++) {
    let v = 0;
    for (let i = 0; i < LENGTH; i++) {
      s = s * 1664525 + 1013904223;
      v += (<i32>s >> 22) - (v >> 4);
      unchecked((gesture[i] = <i16>v));
    }
    for (let r = 0; r < RECORDINGS; r++)
      for (let i = 0; i < LENGTH; i++) {
        s = s * 1664525 + 1013904223;
        const warped = min(LENGTH - 1, max(0, i + (((r * 5) % 7) - 3)));
        unchecked((recordings[r * LENGTH + i] = <i16>(<i32>gesture[warped] + (<i32>s >> (20 + r % 4)))));
      }
    envelope();
    let best = i32.MAX_VALUE;
    let which = -1;
    for (let r = 0; r < RECORDINGS; r++) {
      const b = bound(r, best);
      if (b >= 0) {
        best = b;
        which = r;
      }
      h = h * 31 + b;
    }
    h ^= which << 24;
  }
  return h;
}

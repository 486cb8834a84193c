// A line that outliers do not move, by Theil and Sen: the slopes between all pairs of 18 readings (in 1/256), their median by halving an interval and counting, then the median of what is left over by sorting; drift and level of a skin sensor.
const COUNT = 18;
const times = changetype<StaticArray<u16>>(memory.data(COUNT * 2, 4));
const readings = changetype<StaticArray<i16>>(memory.data(COUNT * 2, 4));
const slopes = changetype<StaticArray<i32>>(memory.data(((COUNT * (COUNT - 1)) / 2) * 4, 4));
const rests = changetype<StaticArray<i32>>(memory.data(COUNT * 4, 4));

function pairs(): i32 {
  let m = 0;
  for (let i = 0; i < COUNT; i++)
    for (let j = i + 1; j < COUNT; j++) {
      const dt = <i32>unchecked(times[j]) - <i32>unchecked(times[i]);
      unchecked((slopes[m++] = ((<i32>readings[j] - <i32>readings[i]) * 256) / dt));
    }
  return m;
}

// The least value that at least half of them do not pass.
function middle(count: i32): i32 {
  let low = unchecked(slopes[0]);
  let high = low;
  for (let i = 1; i < count; i++) {
    const v = unchecked(slopes[i]);
    if (v < low) low = v;
    else if (v > high) high = v;
  }
  const wanted = (count + 1) >> 1;
  while (low < high) {
    const guess = low + ((high - low) >> 1);
    let below = 0;
    for (let i = 0; i < count; i++) if (unchecked(slopes[i]) <= guess) below++;
    if (below >= wanted) high = guess;
    else low = guess + 1;
  }
  return low;
}

function level(slope: i32): i32 {
  for (let i = 0; i < COUNT; i++) {
    const v = (<i32>unchecked(readings[i]) << 8) - slope * <i32>unchecked(times[i]);
    let j = i;
    for (; j > 0 && unchecked(rests[j - 1]) > v; j--) unchecked((rests[j] = rests[j - 1]));
    unchecked((rests[j] = v));
  }
  return (unchecked(rests[COUNT / 2 - 1]) + unchecked(rests[COUNT / 2])) >> 1;
}

export function run(n: i32): i32 {
  let h = 0;
  let s: u32 = 28657;
  for (let k = 0; k < n; k++) {
    let t: u32 = 0;
    for (let i = 0; i < COUNT; i++) {
      s = s * 1103515245 + 12345;
      t += 4 + ((s >> 16) & 7);
      unchecked((times[i] = <u16>t));
      const outlier = ((s >> 20) & 7) == 0 ? 900 : 0;
      unchecked((readings[i] = <i16>(500 + ((<i32>t * ((k % 11) - 4)) >> 1) + <i32>((s >> 24) & 31) + outlier)));
    }
    const slope = middle(pairs());
    h = h * 31 + slope;
    h = h * 31 + level(slope);
  }
  return h;
}

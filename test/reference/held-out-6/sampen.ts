// Sample entropy of heart beat intervals: pairs of runs of two and of three that stay within a fifth of the deviation, counted; the logarithm of their ratio by leading zeros and a table.
const COUNT: i32 = 44;
const series: usize = memory.data(COUNT * 2, 4); // i16
const logs: usize = memory.data<u8>([0, 11, 22, 33, 43, 53, 63, 73, 82, 91, 100, 109, 117, 125, 134, 141, 149, 157, 164, 172, 179, 186, 193, 200, 206, 213, 219, 225, 232, 238, 244, 250]);

// @ts-ignore: decorator
@inline
function at(i: i32): i32 {
  return <i32>load<i16>(series + ((<usize>i) << 1));
}

/** Log2 in Q8 of a number that is not 0. */
function log2(v: u32): i32 {
  const whole = 31 - clz(v);
  const part = (v << (31 - whole)) >> 26;
  return <i32>((whole << 8) + <u32>load<u8>(logs + (part & 31)));
}

function deviation(): i32 {
  let sum = 0;
  for (let i = 0; i < COUNT; i++) sum += at(i);
  const mean = sum / COUNT;
  let size = 0;
  for (let i = 0; i < COUNT; i++) size += abs(at(i) - mean);
  return (size * 5) / (COUNT * 4); // of a normal distribution: the deviation is 1.25 times that
}

function entropy(): i32 {
  const r = deviation() / 5 + 1;
  let two: u32 = 0;
  let three: u32 = 0;
  for (let i = 0; i < COUNT - 2; i++) {
    for (let j = i + 1; j < COUNT - 2; j++) {
      if (abs(at(i) - at(j)) > r) continue;
      if (abs(at(i + 1) - at(j + 1)) > r) continue;
      two++;
      if (abs(at(i + 2) - at(j + 2)) <= r) three++;
    }
  }
  if (!three) return 9 << 8;
  return log2(two) - log2(three);
}

export function run(n: i32): i32 {
  let h = 0;
  let s: u32 = 1729;
  for (let k = 0; k < n; k++) {
    let v = 800;
    for (let i = 0; i < COUNT; i++) {
      s = s * 1664525 + 1013904223;
      v += ((800 - v) >> 2) + <i32>((s >> 26) & 31) - 16 + ((i & 7) < 3 ? 12 : -6);
      store<i16>(series + ((<usize>i) << 1), <i16>v);
    }
    h = h * 31 + entropy();
  }
  return h;
}

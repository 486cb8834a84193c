// A series as a graph: two samples are joined where a straight line between them goes over all samples between (natural visibility); 48 samples, of each how many it sees, counts by number seen, how fast they fall (a sum of numbers times logarithms by leading zeros); the steepest slope so far is a fraction, compared by products of both.
const LENGTH: i32 = 48;
const FRESH: i32 = 12;
const MOST: i32 = 16;

const series: usize = 1024; // i32[48]
const degree: usize = 1216; // u8[48]
const counts: usize = 1264; // u8[16]

function see(i: i32): void {
  store<u8>(degree + i, <u8>(<i32>load<u8>(degree + i) + 1));
}

function lookFrom(i: i32): void {
  let p: usize = series + (i << 2);
  const here: i32 = load<i32>(p);
  let rise: i32 = load<i32>(p, 4) - here;
  let way: i32 = 1;
  see(i);
  see(i + 1);
  for (let w: i32 = 2; i + w < LENGTH; w++) {
    const r: i32 = load<i32>(p, 8) - here;
    p += 4;
    if (r * way <= rise * w) continue;
    rise = r;
    way = w;
    see(i);
    see(i + w);
  }
}

/** Base two, in 1/16. */
function logarithm(v: i32): i32 {
  const whole: i32 = 31 - clz(v);
  return (whole << 4) + (((v << 4) >> whole) & 15);
}

export function run(n: i32): i32 {
  let s: u32 = 2008;
  memory.fill(series, 0, 4 * LENGTH);
  let level: i32 = 0;
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    memory.copy(series, series + 4 * FRESH, 4 * (LENGTH - FRESH));
    for (let i: i32 = LENGTH - FRESH; i < LENGTH; i++) {
      s = s * 134775813 + 1;
      level = level - (level >> 3) + ((<i32>s) >> 22);
      store<i32>(series + (i << 2), level);
    }
    memory.fill(degree, 0, LENGTH + MOST);
    for (let i: i32 = 0; i < LENGTH - 1; i++) lookFrom(i);
    for (let i: i32 = 0; i < LENGTH; i++) {
      const d: i32 = load<u8>(degree + i);
      h = h * 31 + d;
      const c: usize = counts + min(d, MOST - 1);
      store<u8>(c, <u8>(<i32>load<u8>(c) + 1));
    }
    let fall: i32 = 0;
    for (let d: i32 = 1; d < MOST; d++) {
      const c: i32 = load<u8>(counts + d);
      if (c) fall += c * logarithm(d) - logarithm(c);
    }
    h = h * 31 + fall;
  }
  return h;
}

// Rhythm of keys: press and release times of a typed text, dwell and flight of each pair of keys against a table of means and deviations (by two keys, with chains of tries), the scaled distance as score, the table follows.
const KEYS: i32 = 30;
const SLOTS: i32 = 64;

@unmanaged
class Digraph {
  first: u8;
  second: u8;
  seen: u16;
  dwell: i32; // means, Q4 of milliseconds
  flight: i32;
  spread: i32; // mean of absolute differences of the flight, Q4
}

const table: usize = memory.data(SLOTS * 16, 4);
const code: usize = memory.data(KEYS, 4); // u8
const press: usize = memory.data(KEYS * 4, 4); // u32, milliseconds
const release: usize = memory.data(KEYS * 4, 4);

function slot(first: u8, second: u8): Digraph | null {
  let i: u32 = (<u32>first * 37 + <u32>second * 11) & (SLOTS - 1);
  for (let tries = 0; tries < SLOTS; tries++) {
    const d = changetype<Digraph>(table + (<usize>i) * offsetof<Digraph>());
    if (!d.seen) {
      d.first = first;
      d.second = second;
      return d;
    }
    if (d.first == first && d.second == second) return d;
    i = (i + 1) & (SLOTS - 1);
  }
  return null;
}

function learn(d: Digraph, dwell: i32, flight: i32): void {
  if (!d.seen) {
    d.dwell = dwell << 4;
    d.flight = flight << 4;
    d.spread = 40 << 4;
  } else {
    const rate = d.seen < 4 ? 1 : 3;
    const off = (flight << 4) - d.flight;
    d.dwell += ((dwell << 4) - d.dwell) >> rate;
    d.flight += off >> rate;
    d.spread += ((off < 0 ? -off : off) - d.spread) >> rate;
  }
  if (d.seen < 0xffff) d.seen++;
}

function score(): i32 {
  let sum = 0;
  let count = 0;
  for (let i: usize = 1; i < <usize>KEYS; i++) {
    const flight = <i32>(load<u32>(press + (i << 2)) - load<u32>(release + ((i - 1) << 2)));
    const dwell = <i32>(load<u32>(release + (i << 2)) - load<u32>(press + (i << 2)));
    if (flight > 1200) continue; // a pause for thought
    const d = slot(load<u8>(code + i - 1), load<u8>(code + i));
    if (d === null) continue;
    if (d.seen > 1) {
      const off = abs((flight << 4) - d.flight);
      sum += min((off << 6) / (d.spread + 16), 400) + (abs((dwell << 4) - d.dwell) >> 4);
      count++;
    }
    learn(d, dwell, flight);
  }
  return count ? sum / count : 0;
}

export function run(n: i32): i32 {
  memory.fill(table, 0, SLOTS * 16);
  let h = 0;
  let s: u32 = 40;
  for (let k = 0; k < n; k++) {
    let now: u32 = 1000;
    for (let i = 0; i < KEYS; i++) {
      s = s * 1664525 + 1013904223;
      const c = 97 + ((i * i + (i % 5 == k % 5 ? 1 : 0)) % 7) * 3;
      store<u8>(code + <usize>i, <u8>c);
      now += 40 + <u32>(c & 31) * 3 + (s >> 26) + (s >> 28 == 5 ? 1500 : 0);
      store<u32>(press + ((<usize>i) << 2), now);
      now += 60 + ((s >> 20) & 31);
      store<u32>(release + ((<usize>i) << 2), now);
    }
    h = h * 31 + score();
  }
  return h;
}

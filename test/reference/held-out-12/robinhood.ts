// Which devices are near: a table of 64 places by hash where who is far from home goes first (Robin Hood), what is taken out is filled from behind; keys of 32 bits with strength and age; 40 sightings, then all that were not seen for three turns are taken out; how far all are from home.
const PLACES: i32 = 64;
const MASK: i32 = PLACES - 1;

@unmanaged
class Entry {
  key: u32; // 0 is free
  strength: i16;
  age: u8;
  far: u8;
}

const table: usize = 1024; // Entry[64]
let used: i32 = 0;

// @ts-ignore
@inline
function entry(i: i32): Entry {
  return changetype<Entry>(table + ((i & MASK) << 3));
}

function home(key: u32): i32 {
  return (key * 0x9e3779b1) >> 26;
}

function find(key: u32): i32 {
  let i: i32 = home(key);
  let far: i32 = 0;
  while (true) {
    const e: Entry = entry(i);
    if (e.key == key) return i & MASK;
    if (e.key == 0 || <i32>e.far < far) return -1;
    far++;
    i++;
  }
}

function insert(key: u32, strength: i32): void {
  let fresh: u64 = (<u64>key) | ((<u64>(strength & 0xffff)) << 32);
  let i: i32 = home(key);
  let far: i32 = 0;
  while (true) {
    const e: Entry = entry(i);
    if (e.key == 0) break;
    if (<i32>e.far < far) {
      const p: usize = changetype<usize>(e);
      const old: u64 = load<u64>(p);
      store<u64>(p, fresh | ((<u64>far) << 56));
      far = <i32>(old >> 56);
      fresh = old & 0x00ffffffffffffff;
    }
    i++;
    far++;
  }
  store<u64>(table + ((i & MASK) << 3), fresh | ((<u64>far) << 56));
  used++;
}

function remove(i: i32): void {
  while (true) {
    const next: Entry = entry(i + 1);
    if (next.key == 0 || next.far == 0) break;
    const e: usize = changetype<usize>(entry(i));
    store<u64>(e, load<u64>(changetype<usize>(next)));
    changetype<Entry>(e).far--;
    i++;
  }
  store<u64>(table + ((i & MASK) << 3), 0);
  used--;
}

export function run(n: i32): i32 {
  let s: u32 = 1985;
  memory.fill(table, 0, PLACES * 8);
  used = 0;
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    let seen: i32 = 0;
    for (let t: i32 = 0; t < 40; t++) {
      s = s * 1664525 + 1013904223;
      // some are near more often than others
      const which: u32 = ((s >> 24) * ((s >> 16) & 255)) >> 9;
      const key: u32 = (which + 1) * 0x01000193 + 77;
      const strength: i32 = -30 - <i32>((s >> 8) & 63);
      const at: i32 = find(key);
      if (at >= 0) {
        const e: Entry = entry(at);
        e.strength = <i16>((3 * e.strength + strength) >> 2);
        e.age = 0;
        seen++;
      } else if (used < 58) insert(key, strength);
    }
    let i: i32 = 0;
    let all: i32 = 0;
    let far: i32 = 0;
    // from a free place on, so that nothing comes around to where it was looked at
    while (entry(i).key) i++;
    for (let left: i32 = PLACES; left > 0; left--, i++) {
      while (entry(i).key && entry(i).age >= 3) remove(i & MASK);
      const e: Entry = entry(i);
      if (e.key) e.age++;
    }
    for (i = 0; i < PLACES; i++) {
      const e: Entry = entry(i);
      if (e.key == 0) continue;
      all += e.strength * <i32>(e.age + 1);
      far += <i32>e.far * <i32>e.far;
    }
    h = h * 31 + seen;
    h = h * 31 + all;
    h = h * 31 + far * 64 + used;
  }
  return h;
}

// One new sample at a time through attention of two heads over a ring of the last twelve keys and values (eight dimensions a head, int8): scores, their greatest, weights by a table of powers, a mean with one division a dimension.
const HEADS = 2;
const DIMS = 8;
const SLOTS = 12;
const STEPS = 8;
const keys = changetype<StaticArray<i8>>(memory.data(SLOTS * HEADS * DIMS, 4));
const values = changetype<StaticArray<i8>>(memory.data(SLOTS * HEADS * DIMS, 4));
const query = changetype<StaticArray<i8>>(memory.data(HEADS * DIMS, 4));
const scores = changetype<StaticArray<i32>>(memory.data(SLOTS * 4, 4));
const powers = changetype<StaticArray<u16>>(memory.data(64 * 2, 4));
const output = changetype<StaticArray<i8>>(memory.data(HEADS * DIMS, 4));

// @ts-ignore: decorator
@unmanaged
class Ring {
  used: i32;
  next: i32;
}
const ring = changetype<Ring>(memory.data(8, 4));

function dot(slot: i32, head: i32): i32 {
  let sum = 0;
  for (let d = 0; d < DIMS; d++)
    sum += <i32>unchecked(query[head * DIMS + d]) * <i32>unchecked(keys[(slot * HEADS + head) * DIMS + d]);
  return sum;
}

function attend(head: i32): void {
  let best = i32.MIN_VALUE;
  for (let j = 0; j < ring.used; j++) {
    const score = dot(j, head) >> 8;
    unchecked((scores[j] = score));
    if (score > best) best = score;
  }
  let total: u32 = 0;
  for (let j = 0; j < ring.used; j++) {
    const below = best - unchecked(scores[j]);
    const weight = below < 64 ? <i32>unchecked(powers[below]) : 0;
    unchecked((scores[j] = weight));
    total += weight;
  }
  for (let d = 0; d < DIMS; d++) {
    let sum = 0;
    for (let j = 0; j < ring.used; j++) sum += unchecked(scores[j]) * <i32>unchecked(values[(j * HEADS + head) * DIMS + d]);
    unchecked((output[head * DIMS + d] = <i8>(sum / <i32>total)));
  }
}

export function run(n: i32): i32 {
  let power: u32 = 32768;
  for (let i = 0; i < 64; i++) {
    unchecked((powers[i] = <u16>power));
    power = (power * 59) >> 6;
  }
  ring.used = 0;
  ring.next = 0;
  let h = 0;
  let s: u32 = 19;
  for (let k = 0; k < n; k++)
    for (let t = 0; t < STEPS; t++) {
      for (let i = 0; i < HEADS * DIMS; i++) {
        s = s * 134775813 + 1;
        unchecked((query[i] = <i8>(s >> 24)));
        unchecked((keys[ring.next * HEADS * DIMS + i] = <i8>(s >> 16)));
        unchecked((values[ring.next * HEADS * DIMS + i] = <i8>(s >> 9)));
      }
      ring.next = ring.next + 1 == SLOTS ? 0 : ring.next + 1;
      if (ring.used < SLOTS) ring.used++;
      for (let head = 0; head < HEADS; head++) attend(head);
      for (let i = 0; i < HEADS * DIMS; i++) h = h * 31 + <i32>unchecked(output[i]);
    }
  return h;
}

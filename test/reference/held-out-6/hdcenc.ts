// Hyperdimensional classification: the code of each channel is bound to that of its level by exclusive or, channels vote by majority, samples are turned by their position and counted bit by bit; the nearest of five prototypes of 256 bits.
const WORDS = 4;
const CHANNELS = 5;
const LEVELS = 16;
const SAMPLES = 8;
const CLASSES = 5;

const channelCodes = changetype<StaticArray<u64>>(memory.data(CHANNELS * WORDS * 8, 8));
const levelCodes = changetype<StaticArray<u64>>(memory.data(LEVELS * WORDS * 8, 8));
const prototypes = changetype<StaticArray<u64>>(memory.data(CLASSES * WORDS * 8, 8));
const spatial = changetype<StaticArray<u64>>(memory.data(WORDS * 8, 8));
const query = changetype<StaticArray<u64>>(memory.data(WORDS * 8, 8));
const counters = changetype<StaticArray<u8>>(memory.data(WORDS * 64, 8));
const samples = changetype<StaticArray<u8>>(memory.data(SAMPLES * CHANNELS, 8));

let seed: u64 = 0x853c49e6748fea9b;

function random(): u64 {
  seed ^= seed << 13;
  seed ^= seed >> 7;
  seed ^= seed << 17;
  return seed;
}

/** Neighbouring levels differ in a few bits only. */
function codes(): void {
  for (let i = 0; i < CHANNELS * WORDS; i++) unchecked((channelCodes[i] = random()));
  for (let i = 0; i < CLASSES * WORDS; i++) unchecked((prototypes[i] = random()));
  for (let w = 0; w < WORDS; w++) unchecked((levelCodes[w] = random()));
  for (let l = 1; l < LEVELS; l++)
    for (let w = 0; w < WORDS; w++) {
      const flips = random() & random() & random() & random();
      unchecked((levelCodes[l * WORDS + w] = levelCodes[(l - 1) * WORDS + w] ^ flips));
    }
}

function bound(at: i32, c: i32, w: i32): u64 {
  const level = <i32>unchecked(samples[at * CHANNELS + c]) >> 4;
  return unchecked(channelCodes[c * WORDS + w]) ^ unchecked(levelCodes[level * WORDS + w]);
}

/** A bit is set where it is set in three of five. */
function vote(at: i32): void {
  for (let w = 0; w < WORDS; w++) {
    const a = bound(at, 0, w);
    const b = bound(at, 1, w);
    const c = bound(at, 2, w);
    const d = bound(at, 3, w);
    const e = bound(at, 4, w);
    const s1 = a ^ b ^ c;
    const c1 = (a & b) | (c & (a ^ b));
    const c2 = (d & e) | (s1 & (d ^ e));
    unchecked((spatial[w] = (c1 & c2) | ((c1 ^ c2) & (s1 ^ d ^ e))));
  }
}

function turnAll(): void {
  const top = unchecked(query[WORDS - 1]) >> 63;
  for (let w = WORDS - 1; w > 0; w--) unchecked((query[w] = (query[w] << 1) | (query[w - 1] >> 63)));
  unchecked((query[0] = (query[0] << 1) | top));
}

function count(): void {
  for (let w = 0; w < WORDS; w++) {
    let bits = unchecked(query[w]);
    for (let b = 0; b < 64; b++) {
      unchecked((counters[w * 64 + b] += <u8>(bits & 1)));
      bits >>= 1;
    }
  }
}

function encode(): void {
  memory.fill(changetype<usize>(counters), 0, WORDS * 64);
  for (let w = 0; w < WORDS; w++) unchecked((query[w] = 0));
  for (let at = 0; at < SAMPLES; at++) {
    vote(at);
    turnAll();
    for (let w = 0; w < WORDS; w++) unchecked((query[w] ^= spatial[w]));
    count();
  }
  for (let w = 0; w < WORDS; w++) {
    let bits: u64 = 0;
    for (let b = 63; b >= 0; b--) bits = (bits << 1) | <u64>(<i32>unchecked(counters[w * 64 + b]) > SAMPLES / 2);
    unchecked((query[w] = bits));
  }
}

function nearest(): i32 {
  let best = 0;
  let least = i32.MAX_VALUE;
  for (let c = 0; c < CLASSES; c++) {
    let distance = 0;
    for (let w = 0; w < WORDS; w++) distance += <i32>popcnt(unchecked(query[w] ^ prototypes[c * WORDS + w]));
    if (distance < least) {
      least = distance;
      best = c;
    }
  }
  return (best << 8) | least;
}

export function run(n: i32): i32 {
  codes();
  let h = 0;
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < SAMPLES * CHANNELS; i++) unchecked((samples[i] = <u8>(i * 23 + k * 61 + ((i * k * 5) >> 2))));
    encode();
    const answer = nearest();
    h = h * 37 + answer;
    const word = (answer >> 8) * WORDS + (k & 3);
    unchecked((prototypes[word] = (prototypes[word] & 0xffffffff00000000) | (query[k & 3] & 0xffffffff)));
  }
  return h;
}

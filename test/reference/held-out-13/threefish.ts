// Pages for a store that nobody else may read: Threefish of 256 bits, 72 rounds of sums, turns and exclusive ors on four words of 64 bits, a key added every fourth round (five words in turn, three of a tweak that says which page and block); blocks chained over a page of seven, one of them opened again.
const BLOCKS: i32 = 7;
const ROUNDS: i32 = 72;
const PARITY: u64 = 0x1bd11bdaa9fc1a22;

const key: usize = 1024; // u64[5]
const tweak: usize = 1064; // u64[3]
const page: usize = 1088; // u64[7][4]
const sealed: usize = 1344; // u64[7][4]
const opened: usize = 1600; // u64[4]

const turns: StaticArray<u8> = [14, 16, 52, 57, 23, 40, 5, 37, 25, 33, 46, 12, 58, 22, 32, 32];

@inline function keyWord(i: i32): u64 {
  return load<u64>(key + ((i % 5) << 3));
}

@inline function tweakWord(i: i32): u64 {
  return load<u64>(tweak + ((i % 3) << 3));
}

function setTweak(a: u64, b: u64): void {
  store<u64>(tweak, a);
  store<u64>(tweak, b, 8);
  store<u64>(tweak, a ^ b, 16);
}

function seal(from: usize, to: usize): void {
  let a: u64 = load<u64>(from);
  let b: u64 = load<u64>(from, 8);
  let c: u64 = load<u64>(from, 16);
  let d: u64 = load<u64>(from, 24);
  for (let r: i32 = 0; r < ROUNDS; r++) {
    if ((r & 3) == 0) {
      const q: i32 = r >> 2;
      a += keyWord(q);
      b += keyWord(q + 1) + tweakWord(q);
      c += keyWord(q + 2) + tweakWord(q + 1);
      d += keyWord(q + 3) + <u64>q;
    }
    const t: i32 = (r & 7) << 1;
    a += b;
    b = rotl(b, unchecked(turns[t])) ^ a;
    c += d;
    d = rotl(d, unchecked(turns[t + 1])) ^ c;
    const swap: u64 = b;
    b = d;
    d = swap;
  }
  store<u64>(to, a + keyWord(18));
  store<u64>(to, b + keyWord(19) + tweakWord(18), 8);
  store<u64>(to, c + keyWord(20) + tweakWord(19), 16);
  store<u64>(to, d + keyWord(21) + 18, 24);
}

function open(from: usize, to: usize): void {
  let a: u64 = load<u64>(from) - keyWord(18);
  let b: u64 = load<u64>(from, 8) - keyWord(19) - tweakWord(18);
  let c: u64 = load<u64>(from, 16) - keyWord(20) - tweakWord(19);
  let d: u64 = load<u64>(from, 24) - keyWord(21) - 18;
  for (let r: i32 = ROUNDS - 1; r >= 0; r--) {
    const t: i32 = (r & 7) << 1;
    const swap: u64 = b;
    b = rotr(d ^ a, unchecked(turns[t]));
    d = rotr(swap ^ c, unchecked(turns[t + 1]));
    a -= b;
    c -= d;
    if ((r & 3) == 0) {
      const q: i32 = r >> 2;
      a -= keyWord(q);
      b -= keyWord(q + 1) + tweakWord(q);
      c -= keyWord(q + 2) + tweakWord(q + 1);
      d -= keyWord(q + 3) + <u64>q;
    }
  }
  store<u64>(to, a);
  store<u64>(to, b, 8);
  store<u64>(to, c, 16);
  store<u64>(to, d, 24);
}

export function run(n: i32): i32 {
  let s: u64 = 256;
  let parity: u64 = PARITY;
  for (let i: i32 = 0; i < 4; i++) {
    s = s * 6364136223846793005 + 1442695040888963407;
    store<u64>(key + (i << 3), s);
    parity ^= s;
  }
  store<u64>(key + 32, parity);
  memory.fill(opened, 0, 32);
  let h: u64 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < 4 * BLOCKS; i++) {
      s = s * 6364136223846793005 + 1442695040888963407;
      store<u64>(page + (i << 3), s ^ load<u64>(opened + ((i & 3) << 3)));
    }
    for (let b: i32 = 0; b < BLOCKS; b++) {
      const block: usize = page + (b << 5);
      if (b) for (let i: usize = 0; i < 32; i += 8) store<u64>(block + i, load<u64>(block + i) ^ load<u64>(sealed + ((b - 1) << 5) + i));
      setTweak(<u64>k, <u64>b << 56);
      seal(block, sealed + (b << 5));
      h = h * 31 + load<u64>(sealed + (b << 5)) + load<u64>(sealed + (b << 5), 24);
    }
    const which: i32 = <i32>(s >> 40) % BLOCKS;
    setTweak(<u64>k, <u64>which << 56);
    open(sealed + (which << 5), opened);
    for (let i: usize = 0; i < 32; i += 8) {
      h = h * 31 + (load<u64>(opened + i) ^ rotl(load<u64>(page + (which << 5) + i), 1));
      h ^= h >> 29;
    }
  }
  return <i32>(h ^ (h >> 32));
}

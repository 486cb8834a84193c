// ChaCha20, a block: the state in memory, the rounds on sixteen words loaded into locals.
const KEY: usize = 256;
const OUT: usize = 512;

@inline
function rot(x: u32, by: i32): u32 {
  return rotl<u32>(x, by);
}

function quarter(a: usize, b: usize, c: usize, d: usize): void {
  let x = load<u32>(a), y = load<u32>(b), z = load<u32>(c), w = load<u32>(d);
  x += y; w = rot(w ^ x, 16);
  z += w; y = rot(y ^ z, 12);
  x += y; w = rot(w ^ x, 8);
  z += w; y = rot(y ^ z, 7);
  store<u32>(a, x);
  store<u32>(b, y);
  store<u32>(c, z);
  store<u32>(d, w);
}

function block(counter: u32): u32 {
  store<u32>(KEY + 48, counter);
  for (let i: usize = 0; i < 64; i += 4) store<u32>(OUT + i, load<u32>(KEY + i));
  for (let r = 0; r < 10; r++) {
    for (let i: usize = 0; i < 16; i += 4) quarter(OUT + i, OUT + 16 + i, OUT + 32 + i, OUT + 48 + i);
    quarter(OUT, OUT + 20, OUT + 40, OUT + 60);
    quarter(OUT + 4, OUT + 24, OUT + 44, OUT + 48);
    quarter(OUT + 8, OUT + 28, OUT + 32, OUT + 52);
    quarter(OUT + 12, OUT + 16, OUT + 36, OUT + 56);
  }
  let digest: u32 = 0;
  for (let i: usize = 0; i < 64; i += 4) {
    const v = load<u32>(OUT + i) + load<u32>(KEY + i);
    store<u32>(OUT + i, v);
    digest ^= v;
  }
  return digest;
}

export function run(n: i32): i32 {
  store<u32>(KEY, 0x61707865);
  store<u32>(KEY, 0x3320646e, 4);
  store<u32>(KEY, 0x79622d32, 8);
  store<u32>(KEY, 0x6b206574, 12);
  for (let i: usize = 16; i < 64; i++) store<u8>(KEY + i, <u8>(i * 7));
  let h: u32 = 0;
  for (let k = 0; k < n; k++) h = rotl<u32>(h, 3) + block(<u32>k + 1);
  return <i32>h;
}

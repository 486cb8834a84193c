// Ascon's permutation and a hash of 64 bytes by it: five words of 64 bits, rotations, ands and xors.
const STATE: usize = 1024; // u64[5]
const MESSAGE: usize = 2048;

function permute(rounds: i32): void {
  let a: u64 = load<u64>(STATE);
  let b: u64 = load<u64>(STATE, 8);
  let c: u64 = load<u64>(STATE, 16);
  let d: u64 = load<u64>(STATE, 24);
  let e: u64 = load<u64>(STATE, 32);
  for (let r: i32 = 12 - rounds; r < 12; r++) {
    c ^= <u64>(((15 - r) << 4) | r);
    a ^= e;
    e ^= d;
    c ^= b;
    const p: u64 = a ^ (~b & c);
    const q: u64 = b ^ (~c & d);
    const s: u64 = c ^ (~d & e);
    const t: u64 = d ^ (~e & a);
    const u: u64 = e ^ (~a & b);
    b = q ^ p;
    a = p ^ u;
    d = t ^ s;
    c = ~s;
    e = u;
    a ^= rotr(a, 19) ^ rotr(a, 28);
    b ^= rotr(b, 61) ^ rotr(b, 39);
    c ^= rotr(c, 1) ^ rotr(c, 6);
    d ^= rotr(d, 10) ^ rotr(d, 17);
    e ^= rotr(e, 7) ^ rotr(e, 41);
  }
  store<u64>(STATE, a);
  store<u64>(STATE, b, 8);
  store<u64>(STATE, c, 16);
  store<u64>(STATE, d, 24);
  store<u64>(STATE, e, 32);
}

function hash(): u64 {
  store<u64>(STATE, 0x00400c0000000100);
  for (let i: usize = 8; i < 40; i += 8) store<u64>(STATE + i, 0);
  permute(12);
  for (let i: usize = 0; i < 64; i += 8) {
    store<u64>(STATE, load<u64>(STATE) ^ load<u64>(MESSAGE + i));
    permute(8);
  }
  permute(12);
  return load<u64>(STATE);
}

export function run(n: i32): i32 {
  for (let i: i32 = 0; i < 64; i++) store<u8>(MESSAGE + <usize>i, <u8>(i * 7));
  let h: u64 = 0;
  for (let k: i32 = 0; k < n; k++) {
    store<u32>(MESSAGE, <u32>k, 12);
    h = rotl(h, 5) ^ hash();
  }
  return (<i32>h) ^ (<i32>(h >> 32));
}

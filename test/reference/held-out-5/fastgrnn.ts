// FastGRNN cell of 20 units: W and U as products of two thin matrices of rank 6, one common sum for the gate and the candidate, Q12, hard activations.
const UNITS: i32 = 20;
const INPUTS: i32 = 9;
const RANK: i32 = 6;
const W1: usize = 2048; // i16[RANK][INPUTS]
const W2: usize = 2304; // i16[UNITS][RANK]
const U1: usize = 2560; // i16[RANK][UNITS]
const U2: usize = 3072; // i16[UNITS][RANK]
const BZ: usize = 3584; // i16[UNITS]
const BH: usize = 3648;
const X: usize = 3712; // i16[INPUTS]
const STATE: usize = 3744; // i16[UNITS]
const RX: usize = 3840; // i32[RANK]
const RH: usize = 3872;
const ONE: i32 = 4096;
const ZETA: i32 = 3900;
const NU: i32 = 200;

let seed: u32 = 0;

function noise(bits: i32): i16 {
  seed = seed * 22695477 + 1;
  return <i16>((<i32>seed) >> (32 - bits));
}

function fill(): void {
  seed = 4711;
  for (let p: usize = W1; p < BZ; p += 2) store<i16>(p, noise(12));
  for (let p: usize = BZ; p < X; p += 2) store<i16>(p, noise(11));
  for (let i: usize = 0; i < <usize>UNITS; i++) store<i16>(STATE + (i << 1), 0);
}

function thin(m: usize, v: usize, count: i32, out: usize): void {
  for (let r: i32 = 0; r < RANK; r++) {
    let s: i32 = 0;
    for (let j: i32 = 0; j < count; j++, m += 2) s += <i32>load<i16>(m) * <i32>load<i16>(v + ((<usize>j) << 1));
    store<i32>(out + ((<usize>r) << 2), s >> 12);
  }
}

// @ts-ignore: decorator
@inline
function hardSigmoid(v: i32): i32 {
  v = (v >> 2) + ONE / 2;
  return v < 0 ? 0 : v > ONE ? ONE : v;
}

// @ts-ignore: decorator
@inline
function hardTanh(v: i32): i32 {
  return v < -ONE ? -ONE : v > ONE ? ONE : v;
}

function step(): void {
  thin(W1, X, INPUTS, RX);
  thin(U1, STATE, UNITS, RH);
  let w: usize = W2;
  let u: usize = U2;
  for (let i: usize = 0; i < (<usize>UNITS) << 1; i += 2) {
    let s: i32 = 0;
    for (let r: usize = 0; r < (<usize>RANK) << 2; r += 4) {
      s += <i32>load<i16>(w) * load<i32>(RX + r) + <i32>load<i16>(u) * load<i32>(RH + r);
      w += 2;
      u += 2;
    }
    s >>= 12;
    const z: i32 = hardSigmoid(s + <i32>load<i16>(BZ + i));
    const c: i32 = hardTanh(s + <i32>load<i16>(BH + i));
    const mix: i32 = ((ZETA * (ONE - z)) >> 12) + NU;
    store<i16>(STATE + i, <i16>((mix * c + z * <i32>load<i16>(STATE + i)) >> 12));
  }
}

export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < INPUTS; i++) store<i16>(X + ((<usize>i) << 1), <i16>(((k + 3) * (i + 1) * 997) & 8191) - 4096);
    for (let t: i32 = 0; t < 3; t++) step();
    h = rotl(h, 5) ^ <i32>load<i16>(STATE + ((<usize>(k % UNITS)) << 1));
  }
  return h;
}

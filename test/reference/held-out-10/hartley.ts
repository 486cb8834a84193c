// A spectrum without complex numbers: Hartley's transform of 64 samples of 16 bits in place, bits turned around first, then butterflies of pairs that mirror each other (a table of a quarter of a sine, Q14, rounded); powers of 31 bins, the centre and the edge below which 85 of 100 parts lie.
const N: i32 = 64;
const X: usize = 1024; // i32[64]
const sines: StaticArray<i32> = [0, 1606, 3196, 4756, 6270, 7723, 9102, 10394, 11585, 12665, 13623, 14449, 15137, 15679, 16069, 16305, 16384];

// @ts-ignore
@inline
function get(i: i32): i32 {
  return load<i32>(X + (i << 2));
}

// @ts-ignore
@inline
function put(i: i32, v: i32): void {
  store<i32>(X + (i << 2), v);
}

function turnBits(): void {
  let j: i32 = 0;
  for (let i: i32 = 1; i < N; i++) {
    let bit: i32 = N >> 1;
    while (j & bit) {
      j ^= bit;
      bit >>= 1;
    }
    j |= bit;
    if (i < j) {
      const t: i32 = get(i);
      put(i, get(j));
      put(j, t);
    }
  }
}

function transform(): void {
  turnBits();
  for (let half: i32 = 1; half < N; half <<= 1) {
    const apart: i32 = 32 / half; // of an angle, in parts of 64
    for (let first: i32 = 0; first < N; first += half << 1) {
      const second: i32 = first + half;
      let a: i32 = get(first);
      let b: i32 = get(second);
      put(first, a + b);
      put(second, a - b);
      if (half > 1) {
        const m: i32 = half >> 1;
        a = get(first + m);
        b = get(second + m);
        put(first + m, a + b);
        put(second + m, a - b);
      }
      for (let i: i32 = 1, j: i32 = half - 1; i < j; i++, j--) {
        const c: i32 = unchecked(sines[16 - i * apart]);
        const s: i32 = unchecked(sines[i * apart]);
        const p: i32 = get(second + i);
        const q: i32 = get(second + j);
        const u: i32 = (p * c + q * s + 8192) >> 14;
        const v: i32 = (p * s - q * c + 8192) >> 14;
        a = get(first + i);
        b = get(first + j);
        put(first + i, a + u);
        put(second + i, a - u);
        put(first + j, b + v);
        put(second + j, b - v);
      }
    }
  }
}

export function run(n: i32): i32 {
  let s: u32 = 271828;
  let phase: i32 = 0;
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    const pace: i32 = 3 + (k & 7);
    for (let i: i32 = 0; i < N; i++) {
      s = s * 1664525 + 1013904223;
      phase = (phase + pace) & 63;
      const wave: i32 = phase < 32 ? phase - 16 : 48 - phase;
      put(i, wave * 40 + (<i32>s >> 23));
    }
    transform();
    let total: i64 = 0;
    let moment: i64 = 0;
    for (let i: i32 = 1; i < 32; i++) {
      const a: i64 = get(i);
      const b: i64 = get(N - i);
      const power: i64 = (a * a + b * b) >> 4;
      total += power;
      moment += power * i;
    }
    const limit: i64 = (total * 85) / 100;
    let edge: i32 = 0;
    let below: i64 = 0;
    while (below < limit) {
      edge++;
      const a: i64 = get(edge);
      const b: i64 = get(N - edge);
      below += (a * a + b * b) >> 4;
    }
    for (let i: i32 = 0; i < N; i++) h = h * 31 + get(i);
    h = h * 31 + <i32>((moment << 4) / total);
    h = h * 31 + edge;
  }
  return h;
}

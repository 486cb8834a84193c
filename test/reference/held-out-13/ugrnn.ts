// A recurrent cell that may keep or replace but has only one gate (update gate network): 16 units, 6 inputs, weights of 8 bits with the two rows of a unit side by side, state of 16 bits in Q12; both curves by a quotient of polynomials (Pade's tanh), the sigmoid from the same one at half its argument.
const UNITS: i32 = 16;
const INPUTS: i32 = 6;

const weights: usize = 1024; // i8[16][22][2]
const biases: usize = 1792; // i16[16][2]
const seen: usize = 1920; // i16[6 + 16]: inputs, then the state
const fresh: usize = 2048; // i16[16]

/** Q12 to Q12. */
function tanh(x: i32): i32 {
  if (x > 12287) return 4096;
  if (x < -12287) return -4096;
  const squared: i32 = (x * x) >> 12;
  return <i32>((<i64>x * (110592 + squared)) / (110592 + 9 * squared));
}

function step(): void {
  let w: usize = weights;
  for (let u: i32 = 0; u < UNITS; u++) {
    let gate: i32 = <i32>load<i16>(biases + (u << 2)) << 4;
    let candidate: i32 = <i32>load<i16>(biases + (u << 2), 2) << 4;
    for (let i: i32 = 0; i < INPUTS + UNITS; i++) {
      const v: i32 = load<i16>(seen + (i << 1));
      gate += v * <i32>load<i8>(w);
      candidate += v * <i32>load<i8>(w, 1);
      w += 2;
    }
    const g: i32 = 2048 + (tanh(gate >> 7) >> 1);
    const c: i32 = tanh(candidate >> 6);
    const h: i32 = load<i16>(seen + ((INPUTS + u) << 1));
    store<i16>(fresh + (u << 1), <i16>(c + ((g * (h - c)) >> 12)));
  }
  memory.copy(seen + 2 * INPUTS, fresh, 2 * UNITS);
}

export function run(n: i32): i32 {
  let s: u32 = 1609;
  for (let i: i32 = 0; i < UNITS * (INPUTS + UNITS) * 2; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(weights + i, <i8>((<i32>s) >> 25));
  }
  for (let i: i32 = 0; i < UNITS * 2; i++) {
    s = s * 1664525 + 1013904223;
    store<i16>(biases + (i << 1), <i16>((<i32>s) >> 19));
  }
  for (let i: i32 = 0; i < UNITS; i++) store<i16>(seen + ((INPUTS + i) << 1), 0);
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let t: i32 = 0; t < 3; t++) {
      for (let i: i32 = 0; i < INPUTS; i++) {
        s = s * 1664525 + 1013904223;
        store<i16>(seen + (i << 1), <i16>((<i32>s) >> 18));
      }
      step();
    }
    for (let u: i32 = 0; u < UNITS; u++) h = h * 31 + <i32>load<i16>(fresh + (u << 1));
  }
  return h;
}

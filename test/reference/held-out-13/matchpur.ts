// A signal as a few pieces out of a dictionary (matching pursuit): 24 samples, four atoms of eight values at 17 places, the product greatest in size wins, its share (a quotient by the atom's energy) is taken away, three times; the pieces, then what is left.
const LENGTH: i32 = 24;
const ATOM: i32 = 8;
const ATOMS: i32 = 4;
const PIECES: i32 = 3;

const signal: usize = 1024; // i16[24]
const atoms: usize = 1088; // i8[4][8]
const energies: usize = 1152; // i32[4]

let atom: i32 = 0;
let place: i32 = 0;
let product: i32 = 0;

function search(): void {
  product = 0;
  for (let a: i32 = 0; a < ATOMS; a++) {
    const values: usize = atoms + a * ATOM;
    for (let at: i32 = 0; at + ATOM <= LENGTH; at++) {
      let sum: i32 = 0;
      const from: usize = signal + (at << 1);
      for (let i: i32 = 0; i < ATOM; i++) sum += <i32>load<i8>(values + i) * <i32>load<i16>(from + (i << 1));
      if (abs(sum) > abs(product)) {
        atom = a;
        place = at;
        product = sum;
      }
    }
  }
}

function takeAway(): i32 {
  const share: i32 = (product << 6) / load<i32>(energies + (atom << 2));
  const values: usize = atoms + atom * ATOM;
  let p: usize = signal + (place << 1);
  for (let i: i32 = 0; i < ATOM; i++) {
    store<i16>(p, <i16>(<i32>load<i16>(p) - ((share * <i32>load<i8>(values + i)) >> 6)));
    p += 2;
  }
  return share;
}

export function run(n: i32): i32 {
  let s: u32 = 1993;
  for (let a: i32 = 0; a < ATOMS; a++) {
    let energy: i32 = 0;
    for (let i: i32 = 0; i < ATOM; i++) {
      s = s * 22695477 + 1;
      const v: i32 = (<i32>s) >> 26;
      store<i8>(atoms + a * ATOM + i, <i8>v);
      energy += v * v;
    }
    store<i32>(energies + (a << 2), energy);
  }
  memory.fill(signal, 0, 2 * LENGTH);
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < LENGTH; i++) {
      s = s * 22695477 + 1;
      const p: usize = signal + (i << 1);
      store<i16>(p, <i16>((<i32>load<i16>(p) >> 1) + ((<i32>s) >> 23)));
    }
    for (let piece: i32 = 0; piece < PIECES; piece++) {
      search();
      if (product == 0) break;
      h = h * 31 + atom;
      h = h * 31 + place;
      h = h * 31 + takeAway();
    }
    let left: i32 = 0;
    for (let i: i32 = 0; i < LENGTH; i++) {
      const v: i32 = load<i16>(signal + (i << 1));
      left += v * v;
    }
    h = h * 31 + left;
  }
  return h;
}

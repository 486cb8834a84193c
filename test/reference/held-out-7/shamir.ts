// A key of sixteen bytes shared among five, any three of whom give it back: polynomials over the field of 256 with tables of logarithms, shares by Horner's rule, the key by Lagrange's weights at zero.
const BYTES = 16;
const SHARES = 5;
const NEEDED = 3;
const logs = changetype<StaticArray<u8>>(memory.data(256, 4));
const powers = changetype<StaticArray<u8>>(memory.data(512, 4));
const secret = changetype<StaticArray<u8>>(memory.data(BYTES, 4));
const shares = changetype<StaticArray<u8>>(memory.data(SHARES * BYTES, 4));
const chosen = changetype<StaticArray<u8>>(memory.data(NEEDED, 4));

function tables(): void {
  let v = 1;
  for (let i = 0; i < 255; i++) {
    unchecked((powers[i] = <u8>v));
    unchecked((powers[i + 255] = <u8>v));
    unchecked((logs[v] = <u8>i));
    // times 3
    v ^= v << 1;
    if (v & 0x100) v ^= 0x11b;
  }
}

function times(a: u8, b: u8): u8 {
  if (!a || !b) return 0;
  return unchecked(powers[<i32>logs[a] + <i32>logs[b]]);
}

function over(a: u8, b: u8): u8 {
  if (!a) return 0;
  return unchecked(powers[<i32>logs[a] + 255 - <i32>logs[b]]);
}

function share(seed: u32): void {
  for (let i = 0; i < BYTES; i++) {
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    const first = <u8>(seed >> 3);
    const second = <u8>(seed >> 14);
    for (let j = 0; j < SHARES; j++) {
      const x = <u8>(j + 1);
      unchecked((shares[j * BYTES + i] = times(times(second, x) ^ first, x) ^ secret[i]));
    }
  }
}

function recover(): i32 {
  let wrong = 0;
  for (let i = 0; i < BYTES; i++) {
    let sum: u8 = 0;
    for (let j = 0; j < NEEDED; j++) {
      const own = unchecked(chosen[j]) + 1;
      let weight: u8 = 1;
      for (let m = 0; m < NEEDED; m++) {
        if (m == j) continue;
        const other = unchecked(chosen[m]) + 1;
        weight = times(weight, over(other, other ^ own));
      }
      sum ^= times(weight, unchecked(shares[<i32>chosen[j] * BYTES + i]));
    }
    if (sum != unchecked(secret[i])) wrong++;
  }
  return wrong;
}

export function run(n: i32): i32 {
  tables();
  let h = 0;
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < BYTES; i++) unchecked((secret[i] = <u8>(i * 29 + k * 101)));
    share(<u32>k * 2654435761 + 77);
    for (let j = 0; j < SHARES * BYTES; j++) h = h * 31 + <i32>unchecked(shares[j]);
    unchecked((chosen[0] = <u8>(k % 5)));
    unchecked((chosen[1] = <u8>((k + 1 + (k & 1)) % 5)));
    unchecked((chosen[2] = <u8>((k + 4) % 5)));
    h ^= recover() << 8;
    unchecked((shares[<i32>chosen[1] * BYTES + (k & 15)] ^= 1));
    h ^= recover() << 16;
  }
  return h;
}

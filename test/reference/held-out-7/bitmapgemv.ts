// A pruned dense layer: a map of 64 bits a row says which columns have a weight, the weights lie one after another, the bits are taken from below; int8, a row's rest after the last bit is skipped; then the three strongest rows.
const ROWS = 18;
const COLUMNS = 64;
const maps = changetype<StaticArray<u64>>(memory.data(ROWS * 8, 8));
const weights = changetype<StaticArray<i8>>(memory.data(ROWS * COLUMNS, 4));
const input = changetype<StaticArray<i8>>(memory.data(COLUMNS, 4));
const sums = changetype<StaticArray<i32>>(memory.data(ROWS * 4, 4));

function prepare(): i32 {
  let s: u64 = 0x9e3779b97f4a7c15;
  let at = 0;
  for (let r = 0; r < ROWS; r++) {
    let bits: u64 = ~0;
    for (let i = 0; i < 2 + (r & 1); i++) {
      s ^= s << 7;
      s ^= s >> 9;
      bits &= s;
    }
    unchecked((maps[r] = bits));
    for (let i = <i32>popcnt<u64>(bits); i > 0; i--) {
      s ^= s << 7;
      s ^= s >> 9;
      unchecked((weights[at++] = <i8>(s >> 33)));
    }
  }
  return at;
}

function multiply(): void {
  let at = 0;
  for (let r = 0; r < ROWS; r++) {
    let bits = unchecked(maps[r]);
    let sum = 0;
    while (bits) {
      sum += <i32>unchecked(input[<i32>ctz<u64>(bits)]) * <i32>unchecked(weights[at]);
      at++;
      bits &= bits - 1;
    }
    unchecked((sums[r] = sum));
  }
}

function strongest(): i32 {
  let a = -1;
  let b = -1;
  let c = -1;
  for (let r = 0; r < ROWS; r++) {
    const v = unchecked(sums[r]);
    if (a < 0 || v > unchecked(sums[a])) {
      c = b;
      b = a;
      a = r;
    } else if (b < 0 || v > unchecked(sums[b])) {
      c = b;
      b = r;
    } else if (c < 0 || v > unchecked(sums[c])) c = r;
  }
  return (a << 16) | (b << 8) | c;
}

export function run(n: i32): i32 {
  let h = prepare();
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < COLUMNS; i++) unchecked((input[i] = <i8>((i * 89 + k * 57) ^ ((i * k) >> 1))));
    multiply();
    for (let r = 0; r < ROWS; r++) h = h * 31 + unchecked(sums[r]);
    h ^= strongest();
  }
  return h;
}

// Two dense layers and a skip between them in Q7.8 over arrays, the second layer sees input and first output; relu that leaks by a shift.
const IN = 20;
const MID = 24;
const OUT = 7;

const w1 = changetype<StaticArray<i16>>(memory.data(IN * MID * 2, 8));
const w2 = changetype<StaticArray<i16>>(memory.data(((IN + MID) * OUT) * 2, 8));
const x = changetype<StaticArray<i16>>(memory.data((IN + MID) * 2, 8));
const y = changetype<StaticArray<i32>>(memory.data(OUT * 4, 8));

function leaky(v: i32): i32 {
  return v >= 0 ? v : v >> 3;
}

function clip(v: i32): i16 {
  return <i16>(v > 32767 ? 32767 : v < -32768 ? -32768 : v);
}

function forward(): i32 {
  for (let i = 0; i < MID; i++) {
    let sum = 0;
    let at = i * IN;
    for (let j = 0; j < IN; j += 5) {
      sum += <i32>unchecked(w1[at]) * unchecked(x[j]);
      sum += <i32>unchecked(w1[at + 1]) * unchecked(x[j + 1]);
      sum += <i32>unchecked(w1[at + 2]) * unchecked(x[j + 2]);
      sum += <i32>unchecked(w1[at + 3]) * unchecked(x[j + 3]);
      sum += <i32>unchecked(w1[at + 4]) * unchecked(x[j + 4]);
      at += 5;
    }
    unchecked((x[IN + i] = clip(leaky(sum) >> 8)));
  }
  let best = 0;
  for (let o = 0; o < OUT; o++) {
    let sum = 0;
    for (let j = 0; j < IN + MID; j++) sum += (<i32>unchecked(w2[j * OUT + o]) * unchecked(x[j])) >> 4;
    unchecked((y[o] = sum));
    if (sum > unchecked(y[best])) best = o;
  }
  return best;
}

export function run(n: i32): i32 {
  let s: i32 = 31;
  for (let i = 0; i < IN * MID; i++) {
    s = s * 134775813 + 1;
    unchecked((w1[i] = <i16>(s >> 22)));
  }
  for (let i = 0; i < (IN + MID) * OUT; i++) {
    s = s * 134775813 + 1;
    unchecked((w2[i] = <i16>(s >> 23)));
  }
  let h = 0;
  for (let k = 0; k < n; k++) {
    for (let j = 0; j < IN; j++) unchecked((x[j] = <i16>((k * 131 + j * j * 59) & 1023) - 512));
    const best = forward();
    h = h * 31 + best + (unchecked(y[best]) >> 6);
  }
  return h;
}

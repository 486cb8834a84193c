// A hidden Markov model of a gesture: forward in logarithms (a sum by the greater and a table of log(1 + 2^-x)), then the best path with pointers back; five states from left to right with leaps, eight symbols, Q8.
const STATES = 5;
const SYMBOLS = 8;
const TIME = 28;
const NEVER = -100000;

const transition = changetype<StaticArray<i32>>(memory.data(STATES * STATES * 4, 4));
const emission = changetype<StaticArray<i16>>(memory.data(STATES * SYMBOLS * 2, 4));
const correction = changetype<StaticArray<u8>>(memory.data(128, 4)); // every 16th of 0 to 8, Q8
const alpha = changetype<StaticArray<i32>>(memory.data(2 * STATES * 4, 4));
const delta = changetype<StaticArray<i32>>(memory.data(2 * STATES * 4, 4));
const back = changetype<StaticArray<u8>>(memory.data(TIME * STATES, 4));
const symbols = changetype<StaticArray<u8>>(memory.data(TIME, 4));

function logAdd(a: i32, b: i32): i32 {
  if (a < b) {
    const t = a;
    a = b;
    b = t;
  }
  const d = a - b;
  return d >= 2048 ? a : a + <i32>unchecked(correction[d >> 4]);
}

function model(): void {
  for (let i = 0; i < STATES; i++)
    for (let j = 0; j < STATES; j++) {
      const leap = j - i;
      unchecked((transition[i * STATES + j] = leap < 0 || leap > 2 ? NEVER : leap == 0 ? -150 : leap == 1 ? -380 : -900));
    }
  for (let i = 0; i < STATES; i++)
    for (let y = 0; y < SYMBOLS; y++) {
      const d = abs(y - i - 1);
      unchecked((emission[i * SYMBOLS + y] = <i16>(-230 - 170 * d - 60 * ((i * y) & 3))));
    }
  // log2(1 + 2^-x) by halving: 256 at 0, about 1.44 * 2^-x far away
  let v = 256 << 8;
  for (let i = 0; i < 128; i++) {
    unchecked((correction[i] = <u8>min(v >> 8, 255)));
    v -= (v * (i < 16 ? 9 : 11)) >> 8;
  }
}

function score(): i32 {
  let from = 0;
  for (let i = 0; i < STATES; i++) {
    const e = <i32>unchecked(emission[i * SYMBOLS + symbols[0]]);
    unchecked((alpha[i] = i ? NEVER : e));
    unchecked((delta[i] = i ? NEVER : e));
  }
  for (let t = 1; t < TIME; t++) {
    const to = STATES - from;
    const y = <i32>unchecked(symbols[t]);
    for (let j = 0; j < STATES; j++) {
      let sum = NEVER;
      let best = NEVER * 2;
      let which = 0;
      for (let i = max(0, j - 2); i <= j; i++) {
        const step = unchecked(transition[i * STATES + j]);
        sum = logAdd(sum, unchecked(alpha[from + i]) + step);
        const way = unchecked(delta[from + i]) + step;
        if (way > best) {
          best = way;
          which = i;
        }
      }
      const e = <i32>unchecked(emission[j * SYMBOLS + y]);
      unchecked((alpha[to + j] = sum + e));
      unchecked((delta[to + j] = best + e));
      unchecked((back[t * STATES + j] = <u8>which));
    }
    from = to;
  }
  let total = NEVER;
  let last = 0;
  for (let i = 0; i < STATES; i++) {
    total = logAdd(total, unchecked(alpha[from + i]));
    if (unchecked(delta[from + i]) > unchecked(delta[from + last])) last = i;
  }
  let path = 0;
  for (let t = TIME - 1; t > 0; t--) {
    path = path * 5 + last;
    last = <i32>unchecked(back[t * STATES + last]);
  }
  return total ^ path;
}

export function run(n: i32): i32 {
  model();
  let h = 0;
  for (let k = 0; k < n; k++) {
    for (let t = 0; t < TIME; t++) unchecked((symbols[t] = <u8>((t * (SYMBOLS - 2)) / TIME + ((t * 7 + k * 3 + (t & k)) % 3)) & 7));
    h = rotl(h, 3) + score();
  }
  return h;
}

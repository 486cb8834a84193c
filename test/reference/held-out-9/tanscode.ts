// Asymmetric numeral systems with tables: six symbols share 32 states by how often they came in the block before, spread by steps of 23; 72 symbols are written from the last to the first, bits into bytes, and read from the end again; tables made anew for each block.
const SYMBOLS: i32 = 6;
const STATES: i32 = 32;
const COUNT: i32 = 72;
const TEXT: usize = 1024; // u8[COUNT]
const OFTEN: usize = 1104; // u16[SYMBOLS]
const SHARE: usize = 1120; // u8[SYMBOLS]
const FIRST: usize = 1128; // u8[SYMBOLS]
const SEEN: usize = 1136; // u8[SYMBOLS]
const NEXT: usize = 1152; // u8[STATES]: symbol after symbol, the states it has
const SYMBOL: usize = 1184; // u8[STATES]
const RANK: usize = 1216; // u8[STATES]
const BITS: usize = 1280; // the stream

let used: i32 = 0; // bits in it

function shares(): void {
  let total: i32 = 0;
  let most: i32 = 0;
  let left: i32 = STATES;
  for (let c: i32 = 0; c < SYMBOLS; c++) {
    total += load<u16>(OFTEN + (c << 1));
    if (load<u16>(OFTEN + (c << 1)) > load<u16>(OFTEN + (most << 1))) most = c;
  }
  for (let c: i32 = 0; c < SYMBOLS; c++) {
    let share: i32 = (<i32>load<u16>(OFTEN + (c << 1)) * (STATES - SYMBOLS)) / total + 1;
    left -= share;
    store<u8>(SHARE + c, <u8>share);
  }
  store<u8>(SHARE + most, <u8>(<i32>load<u8>(SHARE + most) + left));
}

function tables(): void {
  let at: i32 = 0;
  let first: i32 = 0;
  for (let c: i32 = 0; c < SYMBOLS; c++) {
    store<u8>(FIRST + c, <u8>first);
    store<u8>(SEEN + c, 0);
    const share: i32 = load<u8>(SHARE + c);
    for (let i: i32 = 0; i < share; i++) {
      store<u8>(SYMBOL + at, <u8>c);
      at = (at + 23) & (STATES - 1);
    }
    first += share;
  }
  for (let x: i32 = 0; x < STATES; x++) {
    const c: i32 = load<u8>(SYMBOL + x);
    const seen: i32 = load<u8>(SEEN + c);
    store<u8>(RANK + x, <u8>(seen + <i32>load<u8>(SHARE + c)));
    store<u8>(NEXT + <i32>load<u8>(FIRST + c) + seen, <u8>x);
    store<u8>(SEEN + c, <u8>(seen + 1));
  }
}

function put(bit: i32): void {
  const at: usize = BITS + (used >> 3);
  if ((used & 7) == 0) store<u8>(at, <u8>bit);
  else store<u8>(at, <u8>(<i32>load<u8>(at) | (bit << (used & 7))));
  used++;
}

// @ts-ignore: decorator
@inline
function take(): i32 {
  used--;
  return (<i32>load<u8>(BITS + (used >> 3)) >> (used & 7)) & 1;
}

function encode(): i32 {
  let x: i32 = STATES;
  used = 0;
  for (let i: i32 = COUNT - 1; i >= 0; i--) {
    const c: i32 = load<u8>(TEXT + i);
    const share: i32 = load<u8>(SHARE + c);
    while (x >= 2 * share) {
      put(x & 1);
      x >>= 1;
    }
    x = STATES + <i32>load<u8>(NEXT + <i32>load<u8>(FIRST + c) + x - share);
  }
  return x;
}

function decode(x: i32): i32 {
  for (let i: i32 = 0; i < COUNT; i++) {
    const c: i32 = load<u8>(SYMBOL + x - STATES);
    if (c != <i32>load<u8>(TEXT + i)) return i;
    x = load<u8>(RANK + x - STATES);
    while (x < STATES) x = (x << 1) | take();
  }
  return x == STATES && used == 0 ? -1 : COUNT;
}

export function run(n: i32): i32 {
  let s: u32 = 808;
  let h: i32 = 0;
  for (let c: i32 = 0; c < SYMBOLS; c++) store<u16>(OFTEN + (c << 1), 1);
  for (let k: i32 = 0; k < n; k++) {
    shares();
    tables();
    const bend: i32 = k % 3;
    for (let i: i32 = 0; i < COUNT; i++) {
      s = s * 1664525 + 1013904223;
      const a: u32 = s >> 20;
      const b: u32 = (a * a) >> 12;
      store<u8>(TEXT + i, <u8>(((bend == 0 ? b : bend == 1 ? 4095 - b : (b * b) >> 12) * SYMBOLS) >> 12));
    }
    const x: i32 = encode();
    const bits: i32 = used;
    for (let i: i32 = 0; i < bits >> 3; i++) h = h * 31 + <i32>load<u8>(BITS + i);
    h = h * 31 + x;
    h = h * 31 + bits;
    h = h * 31 + decode(x);
    memory.fill(OFTEN, 0, 2 * SYMBOLS);
    for (let i: i32 = 0; i < COUNT; i++) {
      const at: usize = OFTEN + (<i32>load<u8>(TEXT + i) << 1);
      store<u16>(at, <u16>(<i32>load<u16>(at) + 1));
    }
  }
  return h;
}

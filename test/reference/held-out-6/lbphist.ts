// Texture of a finger's image: local binary patterns of 18 x 18 pixels, those with at most two changes in bins of their own (a table made once), four cells, distance chi square to an enrolled finger.
const SIDE: i32 = 18;
const BINS: i32 = 59;
const IMAGE: usize = 1024; // u8[SIDE][SIDE]
const BIN: usize = 1536; // u8[256]
const HISTOGRAM: usize = 2048; // u16[4][BINS]
const ENROLLED: usize = 3072;

function makeBins(): void {
  let next: i32 = 0;
  for (let c: u32 = 0; c < 256; c++) {
    const turned: u32 = ((c << 1) | (c >> 7)) & 255;
    if (popcnt(c ^ turned) > 2) store<u8>(BIN + c, <u8>(BINS - 1));
    else store<u8>(BIN + c, <u8>(next++));
  }
}

function paint(k: i32): void {
  let s: u32 = <u32>k * 7919 + 17;
  for (let y: i32 = 0; y < SIDE; y++)
    for (let x: i32 = 0; x < SIDE; x++) {
      s = s * 1103515245 + 12345;
      const ridge: i32 = ((x * (5 + (k & 3)) + y * 3 + ((x * y) >> 2)) << 3) & 127;
      store<u8>(IMAGE + <usize>(y * SIDE + x), <u8>((ridge < 64 ? ridge : 127 - ridge) + <i32>(s >> 27) + 60));
    }
}

function histogram(to: usize): void {
  memory.fill(to, 0, 4 * BINS * 2);
  for (let y: i32 = 1; y < SIDE - 1; y++) {
    let p: usize = IMAGE + <usize>(y * SIDE + 1);
    for (let x: i32 = 1; x < SIDE - 1; x++, p++) {
      const m: u32 = load<u8>(p);
      let code: usize = 0;
      code |= <usize>(<u32>load<u8>(p - SIDE - 1) >= m);
      code |= <usize>(<u32>load<u8>(p - SIDE) >= m) << 1;
      code |= <usize>(<u32>load<u8>(p - SIDE + 1) >= m) << 2;
      code |= <usize>(<u32>load<u8>(p, 1) >= m) << 3;
      code |= <usize>(<u32>load<u8>(p, SIDE + 1) >= m) << 4;
      code |= <usize>(<u32>load<u8>(p, SIDE) >= m) << 5;
      code |= <usize>(<u32>load<u8>(p, SIDE - 1) >= m) << 6;
      code |= <usize>(<u32>load<u8>(p - 1) >= m) << 7;
      const cell: i32 = (y > SIDE / 2 - 1 ? 2 : 0) + (x > SIDE / 2 - 1 ? 1 : 0);
      const bin: usize = to + ((<usize>(cell * BINS) + <usize>load<u8>(BIN + code)) << 1);
      store<u16>(bin, load<u16>(bin) + 1);
    }
  }
}

function distance(): u32 {
  let sum: u32 = 0;
  for (let i: usize = 0; i < 4 * BINS * 2; i += 2) {
    const a: i32 = <i32>load<u16>(HISTOGRAM + i);
    const b: i32 = <i32>load<u16>(ENROLLED + i);
    if (a != b) sum += <u32>((a - b) * (a - b) * 64) / <u32>(a + b);
  }
  return sum;
}

export function run(n: i32): i32 {
  makeBins();
  paint(99);
  histogram(ENROLLED);
  let h: u32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    paint(k);
    histogram(HISTOGRAM);
    h = h * 31 + distance();
  }
  return <i32>h;
}

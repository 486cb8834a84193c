// The nearest of 48 stored recordings by product quantisation: a query of twelve values in four parts of three, squared distances of each part to its sixteen centres make a table, a recording is four numbers of four bits; the three nearest by insertion; now and then the query is stored in place of the oldest.
const PARTS: i32 = 4;
const CENTRES: i32 = 16;
const WIDTH: i32 = 3;
const STORED: i32 = 48;
const QUERY: usize = 1024; // i16[PARTS][WIDTH]
const TABLE: usize = 1056; // u32[PARTS][CENTRES]
const BOOK: usize = 1344; // i16[PARTS][CENTRES][WIDTH]
const CODES: usize = 1792; // u16[STORED]
const NEAR: usize = 1920; // three times distance, place

function fillTable(): u32 {
  let entry: usize = TABLE;
  let centre: usize = BOOK;
  let code: u32 = 0;
  for (let p: i32 = 0; p < PARTS; p++) {
    const q: usize = QUERY + p * (WIDTH << 1);
    let least: u32 = u32.MAX_VALUE;
    let nearest: u32 = 0;
    for (let c: i32 = 0; c < CENTRES; c++) {
      let sum: u32 = 0;
      for (let j: i32 = 0; j < WIDTH << 1; j += 2) {
        const d: i32 = <i32>load<i16>(q + j) - <i32>load<i16>(centre + j);
        sum += <u32>(d * d);
      }
      store<u32>(entry, sum);
      if (sum < least) {
        least = sum;
        nearest = c;
      }
      entry += 4;
      centre += WIDTH << 1;
    }
    code |= nearest << (4 * p);
  }
  return code;
}

function search(): void {
  for (let i: i32 = 0; i < 3; i++) {
    store<u32>(NEAR + (i << 3), u32.MAX_VALUE);
    store<i32>(NEAR + (i << 3), -1, 4);
  }
  for (let i: i32 = 0; i < STORED; i++) {
    let code: u32 = load<u16>(CODES + (i << 1));
    let d: u32 = 0;
    for (let row: usize = TABLE; code != 0 || row < TABLE + 256; row += 64) {
      d += load<u32>(row + ((code & 15) << 2));
      code >>= 4;
    }
    if (d >= load<u32>(NEAR + 16)) continue;
    let at: i32 = 2;
    while (at > 0 && load<u32>(NEAR + ((at - 1) << 3)) > d) {
      store<u64>(NEAR + (at << 3), load<u64>(NEAR + ((at - 1) << 3)));
      at--;
    }
    store<u32>(NEAR + (at << 3), d);
    store<i32>(NEAR + (at << 3), i, 4);
  }
}

export function run(n: i32): i32 {
  let s: u32 = 4711;
  for (let i: i32 = 0; i < PARTS * CENTRES * WIDTH; i++) {
    s = s * 1664525 + 1013904223;
    store<i16>(BOOK + (i << 1), <i16>(<i32>s >> 19));
  }
  for (let i: i32 = 0; i < STORED; i++) {
    s = s * 1664525 + 1013904223;
    store<u16>(CODES + (i << 1), <u16>(s >> 16));
  }
  let oldest: i32 = 0;
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let q: i32 = 0; q < 2; q++) {
      for (let i: i32 = 0; i < PARTS * WIDTH; i++) {
        s = s * 1664525 + 1013904223;
        store<i16>(QUERY + (i << 1), <i16>((<i32>s >> 20) + (h & 255)));
      }
      const code: u32 = fillTable();
      search();
      for (let i: i32 = 0; i < 3; i++) h = h * 31 + <i32>load<u32>(NEAR + (i << 3)) + load<i32>(NEAR + (i << 3), 4);
      if (load<u32>(NEAR) > 8000000) {
        store<u16>(CODES + (oldest << 1), <u16>code);
        oldest = oldest == STORED - 1 ? 0 : oldest + 1;
      }
      h ^= <i32>code;
    }
  }
  return h;
}

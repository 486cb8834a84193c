// Which piece of one movement is like which piece of another (Smith and Waterman, gaps that cost more to begin than to go on): 22 and 30 symbols of eight kinds, a table of how alike two kinds are; two rows of three sums, where each cell came from is kept in four bits, the best piece is walked back to its beginning.
const A: i32 = 22;
const B: i32 = 30;
const OPEN: i32 = 9;
const MORE: i32 = 2;
const WIDTH: i32 = B + 1;

const a: usize = 1024; // u8[22]
const b: usize = 1056; // u8[30]
const alike: usize = 1088; // i8[8][8]
const best: usize = 1152; // i16[31], the row above
const down: usize = 1216; // i16[31]
const from: usize = 1280; // u8[23][31]: 1 across, 2 down, 3 both; 4 goes on across, 8 goes on down

function align(): i32 {
  memory.fill(best, 0, 2 * WIDTH);
  for (let j: i32 = 0; j < WIDTH; j++) store<i16>(down + (j << 1), -1000);
  memory.fill(from, 0, WIDTH);
  let most: i32 = 0;
  let end: usize = from;
  for (let i: i32 = 1; i <= A; i++) {
    const row: usize = alike + (<usize>load<u8>(a + i - 1) << 3);
    let across: i32 = -1000;
    let diagonal: i32 = 0;
    let left: i32 = 0;
    store<u8>(from + i * WIDTH, 0);
    for (let j: i32 = 1; j <= B; j++) {
      let way: i32 = 0;
      const up: i32 = load<i16>(best + (j << 1));
      let vertical: i32 = <i32>load<i16>(down + (j << 1)) - MORE;
      if (vertical >= up - OPEN) way |= 8;
      else vertical = up - OPEN;
      across -= MORE;
      if (across >= left - OPEN) way |= 4;
      else across = left - OPEN;
      let v: i32 = diagonal + load<i8>(row + load<u8>(b + j - 1));
      let step: i32 = 3;
      if (vertical > v) {
        v = vertical;
        step = 2;
      }
      if (across > v) {
        v = across;
        step = 1;
      }
      if (v <= 0) {
        v = 0;
        step = 0;
      }
      const at: usize = from + i * WIDTH + j;
      store<u8>(at, <u8>(way | step));
      store<i16>(down + (j << 1), <i16>vertical);
      store<i16>(best + (j << 1), <i16>v);
      diagonal = up;
      left = v;
      if (v > most) {
        most = v;
        end = at;
      }
    }
  }
  // back to where it began
  let pairs: i32 = 0;
  let gaps: i32 = 0;
  let at: usize = end;
  let step: i32 = load<u8>(at) & 3;
  while (step) {
    if (step == 3) {
      pairs++;
      at -= WIDTH + 1;
    } else {
      const goes: i32 = step == 1 ? 4 : 8;
      let more: i32 = 0;
      do {
        more = load<u8>(at) & goes;
        at -= step == 1 ? 1 : WIDTH;
        gaps++;
      } while (more);
    }
    step = load<u8>(at) & 3;
  }
  return ((most * 31 + pairs) * 31 + gaps) * 31 + <i32>(end - at);
}

export function run(n: i32): i32 {
  let s: u32 = 1981;
  for (let i: i32 = 0; i < 8; i++)
    for (let j: i32 = 0; j <= i; j++) {
      s = s * 1664525 + 1013904223;
      const v: i8 = <i8>(i == j ? 6 + (s >> 30) : i - j == 1 ? 1 : -2 - <i32>(s >> 30));
      store<i8>(alike + i * 8 + j, v);
      store<i8>(alike + j * 8 + i, v);
    }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < B; i++) {
      s = s * 1664525 + 1013904223;
      store<u8>(b + i, <u8>(s >> 29));
    }
    const shift: i32 = <i32>(s & 0x700) >> 8;
    for (let i: i32 = 0, j: i32 = shift; i < A; i++, j++) {
      s = s * 1664525 + 1013904223;
      const what: u32 = s >> 28;
      if (what == 0) j++;
      if (what == 1) j--;
      store<u8>(a + i, what < 4 ? <u8>((s >> 20) & 7) : load<u8>(b + j % B));
    }
    h = h * 31 + align();
  }
  return h;
}

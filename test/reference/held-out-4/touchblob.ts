// Touches on a grid of 16 x 12: cells above the threshold are put together with a stack, each touch gives area and centre.
const COLS: i32 = 16;
const ROWS: i32 = 12;
const GRID: usize = 1024; // u8
const MARK: usize = 2048; // u8
const STACK: usize = 4096; // u16
const TOUCH: usize = 3072; // area, x, y as u16

function paint(k: i32): void {
  for (let y: i32 = 0; y < ROWS; y++)
    for (let x: i32 = 0; x < COLS; x++) {
      const dx: i32 = x - 3 - (k & 3);
      const dy: i32 = y - 4;
      const ex: i32 = x - 12;
      const ey: i32 = y - 8 + (k & 1);
      const a: i32 = 120 - 14 * (dx * dx + dy * dy);
      const b: i32 = 90 - 9 * (ex * ex + ey * ey);
      let v: i32 = a > b ? a : b;
      if (v < 0) v = (x * 7 + y * 3) & 15;
      store<u8>(GRID + <usize>(y * COLS + x), <u8>v);
      store<u8>(MARK + <usize>(y * COLS + x), 0);
    }
}

function visit(sp: usize, cell: i32): usize {
  if (load<u8>(GRID + <usize>cell) < 30) return sp;
  if (load<u8>(MARK + <usize>cell)) return sp;
  store<u8>(MARK + <usize>cell, 1);
  store<u16>(sp, <u16>cell);
  return sp + 2;
}

function touches(): i32 {
  let found: i32 = 0;
  for (let start: i32 = 0; start < COLS * ROWS; start++) {
    let sp: usize = visit(STACK, start);
    if (sp == STACK) continue;
    let area: u32 = 0;
    let sx: u32 = 0;
    let sy: u32 = 0;
    let weight: u32 = 0;
    while (sp > STACK) {
      sp -= 2;
      const cell: i32 = <i32>load<u16>(sp);
      const x: i32 = cell & 15;
      const y: i32 = cell >> 4;
      const w: u32 = <u32>load<u8>(GRID + <usize>cell);
      area++;
      weight += w;
      sx += w * <u32>x;
      sy += w * <u32>y;
      if (x > 0) sp = visit(sp, cell - 1);
      if (x < COLS - 1) sp = visit(sp, cell + 1);
      if (y > 0) sp = visit(sp, cell - COLS);
      if (y < ROWS - 1) sp = visit(sp, cell + COLS);
    }
    const t: usize = TOUCH + <usize>(found * 6);
    store<u16>(t, <u16>area);
    store<u16>(t, <u16>((sx << 4) / weight), 2);
    store<u16>(t, <u16>((sy << 4) / weight), 4);
    found++;
  }
  return found;
}

export function run(n: i32): i32 {
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    paint(k);
    const count: i32 = touches();
    for (let i: i32 = 0; i < count; i++) h = h * 31 + load<i32>(TOUCH + <usize>(i * 6));
  }
  return h;
}

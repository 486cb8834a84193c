// The shortest way through a grid of 16 x 12: walls thrown by a generator, a ring as queue, the way there kept as directions in the same bytes, then followed back; steps, turns and how much was reached.
const WIDTH = 16;
const HEIGHT = 12;
const WALL: u8 = 0x80;
const cells = changetype<StaticArray<u8>>(memory.data(WIDTH * HEIGHT, 4)); // 0 free, 1 to 4 the direction they were entered by, WALL
const queue = changetype<StaticArray<u8>>(memory.data(64, 4));
const moves: StaticArray<i32> = [0, -WIDTH, 1, WIDTH, -1];

function build(seed: u32): void {
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      seed ^= seed << 13;
      seed ^= seed >> 17;
      seed ^= seed << 5;
      const edge = x == 0 || y == 0 || x == WIDTH - 1 || y == HEIGHT - 1;
      unchecked((cells[y * WIDTH + x] = edge || seed % 100 < 27 ? WALL : 0));
    }
  unchecked((cells[WIDTH + 1] = 5));
  unchecked((cells[(HEIGHT - 1) * WIDTH - 2] = 0));
}

function flood(): i32 {
  let head = 0;
  let tail = 0;
  let reached = 1;
  unchecked((queue[tail++] = <u8>(WIDTH + 1)));
  while (head != tail) {
    const at = <i32>unchecked(queue[head]);
    head = (head + 1) & 63;
    for (let d = 1; d <= 4; d++) {
      const to = at + moves[d];
      if (unchecked(cells[to])) continue;
      unchecked((cells[to] = <u8>d));
      unchecked((queue[tail] = <u8>to));
      tail = (tail + 1) & 63;
      reached++;
    }
  }
  return reached;
}

function trace(): i32 {
  let at = (HEIGHT - 1) * WIDTH - 2;
  let steps = 0;
  let turns = 0;
  let before = 0;
  let d = <i32>unchecked(cells[at]);
  if (d == 0) return -1;
  while (d != 5) {
    if (d != before) turns++;
    before = d;
    steps++;
    at -= moves[d];
    d = <i32>unchecked(cells[at]);
  }
  return (steps << 8) | turns;
}

export function run(n: i32): i32 {
  let h = 0;
  for (let k = 0; k < n; k++)
    for (let maze: u32 = 0; maze < 3; maze++) {
      build((<u32>k + 1) * 747796405 + maze * 1442695041 + 1);
      h = h * 31 + flood();
      h = h * 31 + trace();
    }
  return h;
}

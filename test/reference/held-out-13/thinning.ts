// Ridges of a finger thinned to lines of one pixel (Zhang and Suen): 13 by 12 pixels as bytes with an empty border, strokes of three pixels drawn by a walk, two kinds of passes in turn until none takes anything away; then ends and forks are counted by how often the ring of eight changes.
const WIDTH: i32 = 13;
const HEIGHT: i32 = 12;
const ROOM: i32 = WIDTH * HEIGHT;

const pixels: usize = 1024; // u8[12][13]
const doomed: usize = 1280; // u16[156]

/** The eight neighbours from above clockwise, the first in the lowest bit. */
function ring(p: usize): i32 {
  return (
    <i32>load<u8>(p - WIDTH) |
    (<i32>load<u8>(p - WIDTH, 1) << 1) |
    (<i32>load<u8>(p, 1) << 2) |
    (<i32>load<u8>(p, WIDTH + 1) << 3) |
    (<i32>load<u8>(p, WIDTH) << 4) |
    (<i32>load<u8>(p + WIDTH - 1) << 5) |
    (<i32>load<u8>(p - 1) << 6) |
    (<i32>load<u8>(p - WIDTH - 1) << 7)
  );
}

/** How often the ring goes from empty to full. */
@inline function rises(r: i32): i32 {
  return popcnt(~r & (((r >> 1) | (r << 7)) & 255));
}

function pass(second: bool): i32 {
  let count: i32 = 0;
  for (let y: i32 = 1; y < HEIGHT - 1; y++) {
    for (let x: i32 = 1; x < WIDTH - 1; x++) {
      const p: usize = pixels + y * WIDTH + x;
      if (!load<u8>(p)) continue;
      const r: i32 = ring(p);
      const neighbours: i32 = popcnt(r);
      if (neighbours < 2 || neighbours > 6 || rises(r) != 1) continue;
      if (second) {
        if ((r & 0x45) == 0x45 || (r & 0x51) == 0x51) continue;
      } else if ((r & 0x15) == 0x15 || (r & 0x54) == 0x54) continue;
      store<u16>(doomed + (count << 1), <u16>(y * WIDTH + x));
      count++;
    }
  }
  for (let i: i32 = 0; i < count; i++) store<u8>(pixels + <usize>load<u16>(doomed + (i << 1)), 0);
  return count;
}

function draw(s: u32): u32 {
  memory.fill(pixels, 0, ROOM);
  for (let stroke: i32 = 0; stroke < 2; stroke++) {
    let x: i32 = 3;
    let y: i32 = 3 + 5 * stroke;
    while (x < WIDTH - 3) {
      for (let dy: i32 = -1; dy <= 1; dy++)
        for (let dx: i32 = -1; dx <= 1; dx++) store<u8>(pixels + (y + dy) * WIDTH + x + dx, 1);
      s = s * 69069 + 1;
      if (s >> 30) x++;
      y = min(max(y + <i32>((s >> 20) % 3) - 1, 2), HEIGHT - 3);
    }
  }
  return s;
}

export function run(n: i32): i32 {
  let s: u32 = 1984;
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    s = draw(s);
    let rounds: i32 = 0;
    let taken: i32 = 0;
    do {
      taken = pass(false);
      taken += pass(true);
      h = h * 31 + taken;
      rounds++;
    } while (taken);
    let ends: i32 = 0;
    let forks: i32 = 0;
    for (let i: i32 = WIDTH; i < ROOM - WIDTH; i++) {
      if (!load<u8>(pixels + i)) continue;
      const count: i32 = rises(ring(pixels + i));
      if (count == 1) ends++;
      else if (count > 2) forks++;
      h = h * 31 + i;
    }
    h = h * 31 + ((rounds << 12) | (ends << 6) | forks);
  }
  return h;
}

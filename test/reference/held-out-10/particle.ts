// Where in the building: 40 particles (place in 1/16 m, heading in 256 parts) move by a step with noise, walls turn them back; the strength of three beacons weighs them by a table of the distance, weights of 16 bits; when few carry most they are drawn anew at even distances along the sum; mean place and how many count.
const COUNT: i32 = 40;
const ROOM: i32 = 1600;

@unmanaged
class Particle {
  x: i32;
  y: i32;
  heading: i32;
  weight: u32;
}

const NOW: usize = 1024; // Particle[40]
const DRAWN: usize = 2048; // Particle[40]
const beacons: StaticArray<i32> = [200, 150, 1400, 400, 700, 1500];
const cosines: StaticArray<i16> = [256, 251, 237, 213, 181, 142, 98, 50, 0, -50, -98, -142, -181, -213, -237, -251, -256, -251, -237, -213, -181, -142, -98, -50, 0, 50, 98, 142, 181, 213, 237, 251];

let seed: u32 = 0;

// @ts-ignore
@inline
function particle(i: i32): Particle {
  return changetype<Particle>(NOW + i * offsetof<Particle>());
}

function noise(spread: i32): i32 {
  seed = seed * 1664525 + 1013904223;
  return (<i32>(seed >> 24) + <i32>(seed >> 16 & 255) - 255) * spread >> 8;
}

/** Signal in steps of half a decibel: falls by 12 with each doubling of the square of the distance. */
function strength(dx: i32, dy: i32): i32 {
  const square: i32 = dx * dx + dy * dy + 256;
  const log: i32 = 31 - clz(square);
  const rest: i32 = log > 4 ? (square >> (log - 4)) & 15 : 0;
  return 250 - log * 12 - ((rest * 12) >> 4);
}

function move(length: i32, turn: i32): void {
  for (let i: i32 = 0; i < COUNT; i++) {
    const p = particle(i);
    p.heading = (p.heading + turn + noise(6)) & 255;
    const l: i32 = length + noise(5);
    p.x += (l * <i32>cosines[p.heading >> 3]) >> 8;
    p.y += (l * <i32>cosines[((p.heading >> 3) + 24) & 31]) >> 8;
    if (p.x < 0 || p.x >= ROOM) {
      p.heading = (128 - p.heading) & 255;
      p.x = max(0, min(ROOM - 1, p.x));
    }
    if (p.y < 0 || p.y >= ROOM) {
      p.heading = -p.heading & 255;
      p.y = max(0, min(ROOM - 1, p.y));
    }
  }
}

function weigh(b: i32, heard: i32): u32 {
  let sum: u32 = 0;
  for (let i: i32 = 0; i < COUNT; i++) {
    const p = particle(i);
    const off: i32 = abs(strength(p.x - beacons[b * 2], p.y - beacons[b * 2 + 1]) - heard);
    let w: u32 = p.weight;
    if (off < 24) w -= (w * off) >> 5;
    else w >>= 2;
    w = max<u32>(w, 1);
    p.weight = w;
    sum += w;
  }
  return sum;
}

function even(sum: u32): void {
  for (let i: i32 = 0; i < COUNT; i++) {
    const p = particle(i);
    p.weight = max<u32>(1, (p.weight << 14) / sum * 4);
  }
}

function drawAnew(): void {
  let total: u32 = 0;
  for (let i: i32 = 0; i < COUNT; i++) total += particle(i).weight;
  const apart: u32 = total / COUNT;
  seed = seed * 1664525 + 1013904223;
  let goal: u32 = (seed >> 8) % apart;
  let reached: u32 = 0;
  let to: usize = DRAWN;
  let made: i32 = 0;
  for (let i: i32 = 0; i < COUNT; i++) {
    const p = particle(i);
    reached += p.weight;
    while (reached > goal && made < COUNT) {
      memory.copy(to, changetype<usize>(p), offsetof<Particle>());
      changetype<Particle>(to).weight = 1638;
      to += offsetof<Particle>();
      goal += apart;
      made++;
    }
  }
  memory.copy(NOW, DRAWN, COUNT * offsetof<Particle>());
}

export function run(n: i32): i32 {
  seed = 10101;
  for (let i: i32 = 0; i < COUNT; i++) {
    const p = particle(i);
    p.x = 800 + noise(700);
    p.y = 800 + noise(700);
    p.heading = noise(127) & 255;
    p.weight = 1638;
  }
  let x: i32 = 500;
  let y: i32 = 600;
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    x += 11;
    y += (k & 16 ? -7 : 7);
    if (x > 1500) x = 100;
    move(11, k & 16 ? 1 : 0);
    for (let b: i32 = 0; b < 3; b++) even(weigh(b, strength(x - beacons[b * 2], y - beacons[b * 2 + 1]) + noise(3)));
    let total: u32 = 0;
    let squares: u64 = 0;
    let sx: i64 = 0;
    let sy: i64 = 0;
    for (let i: i32 = 0; i < COUNT; i++) {
      const p = particle(i);
      const w: u32 = p.weight;
      total += w;
      squares += <u64>w * w;
      sx += <i64>p.x * w;
      sy += <i64>p.y * w;
    }
    const count: i32 = <i32>((<u64>total * total) / squares);
    h = h * 31 + <i32>(sx / total);
    h = h * 31 + <i32>(sy / total);
    h = h * 31 + count;
    if (count < 24) drawAnew();
  }
  return h;
}

// Where did the finger go: a patch of 6 by 6 pixels cut from one small image is looked for in the next one (14 by 12), sum of absolute differences row by row, given up as soon as the best is passed; the cost of the four neighbours gives the place in sixteenths of a pixel.
const W: i32 = 14;
const H: i32 = 12;
const P: i32 = 6;
const IMAGE: usize = 1024; // u8[H][W]
const PATCH: usize = 1280; // u8[P][P]

function sad(x: i32, y: i32, limit: i32): i32 {
  let a: usize = IMAGE + y * W + x;
  let b: usize = PATCH;
  let sum: i32 = 0;
  for (let r: i32 = 0; r < P; r++) {
    for (let c: i32 = 0; c < P; c++) {
      const d: i32 = <i32>load<u8>(a + c) - <i32>load<u8>(b + c);
      sum += d < 0 ? -d : d;
    }
    if (sum >= limit) return sum;
    a += W;
    b += P;
  }
  return sum;
}

/** Sixteenths of a pixel from the middle, by the costs to both sides. */
function between(left: i32, middle: i32, right: i32): i32 {
  const curve: i32 = left + right - 2 * middle;
  if (curve <= 0) return 0;
  return (8 * (left - right)) / curve;
}

export function run(n: i32): i32 {
  let s: u32 = 6502;
  let h: i32 = 0;
  let px: i32 = 4;
  let py: i32 = 4;
  let brightness: i32 = 100;
  memory.fill(PATCH, 90, P * P);
  for (let k: i32 = 0; k < n; k++) {
    for (let y: i32 = 0; y < H; y++) {
      for (let x: i32 = 0; x < W; x++) {
        s = s * 1664525 + 1013904223;
        const ridge: i32 = ((x * 3 + y * 5 + k) & 15) * 6;
        store<u8>(IMAGE + y * W + x, <u8>(brightness + ridge + (<i32>s >> 27)));
      }
    }
    // the old patch is somewhere in it, with noise
    s = s * 1664525 + 1013904223;
    const ox: i32 = <i32>(s >> 28) % (W - P + 1);
    const oy: i32 = <i32>((s >> 20) & 15) % (H - P + 1);
    for (let r: i32 = 0; r < P; r++) {
      for (let c: i32 = 0; c < P; c++) {
        s = s * 1664525 + 1013904223;
        store<u8>(IMAGE + (oy + r) * W + ox + c, <u8>(<i32>load<u8>(PATCH + r * P + c) + (<i32>s >> 29)));
      }
    }
    let best: i32 = i32.MAX_VALUE;
    for (let y: i32 = 0; y <= H - P; y++) {
      for (let x: i32 = 0; x <= W - P; x++) {
        const cost: i32 = sad(x, y, best);
        if (cost < best) {
          best = cost;
          px = x;
          py = y;
        }
      }
    }
    let fine: i32 = 0;
    if (px > 0 && px < W - P) fine = between(sad(px - 1, py, i32.MAX_VALUE), best, sad(px + 1, py, i32.MAX_VALUE));
    if (py > 0 && py < H - P) fine = fine * 32 + between(sad(px, py - 1, i32.MAX_VALUE), best, sad(px, py + 1, i32.MAX_VALUE));
    h = h * 31 + best;
    h = h * 31 + (py << 8) + px;
    h = h * 31 + fine;
    // a new patch out of the middle of what is seen now
    const cx: i32 = (px + 4) >> 1;
    const cy: i32 = (py + 3) >> 1;
    for (let r: i32 = 0; r < P; r++) memory.copy(PATCH + r * P, IMAGE + (cy + r) * W + cx, P);
    brightness = 60 + (best & 63);
  }
  return h;
}

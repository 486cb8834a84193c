// Ridges of a finger's image of 16 by 14 pixels: Sobel's slopes in both directions, their size and one of four directions by comparing slopes, thin lines by what is the greatest across the direction; strong points, and weak ones that touch a strong one; counts by direction and a sum over the places.
const W: i32 = 16;
const H: i32 = 14;
const IMAGE: usize = 1024; // u8[H][W]
const SIZE: usize = 1408; // u16[H][W]
const WAY: usize = 2144; // u8[H][W]
const THIN: usize = 2528; // u8[H][W]: 0, 1 weak, 2 strong

// @ts-ignore: decorator
@inline
function at(p: usize, dx: i32, dy: i32): i32 {
  return <i32>load<u8>(p + dy * W + dx);
}

function slopes(): void {
  for (let y: i32 = 1; y < H - 1; y++) {
    for (let x: i32 = 1; x < W - 1; x++) {
      const i: i32 = y * W + x;
      const p: usize = IMAGE + i;
      const gx: i32 = at(p, 1, -1) + 2 * at(p, 1, 0) + at(p, 1, 1) - at(p, -1, -1) - 2 * at(p, -1, 0) - at(p, -1, 1);
      const gy: i32 = at(p, -1, 1) + 2 * at(p, 0, 1) + at(p, 1, 1) - at(p, -1, -1) - 2 * at(p, 0, -1) - at(p, 1, -1);
      const ax: i32 = abs(gx);
      const ay: i32 = abs(gy);
      let way: i32;
      if (5 * ay < 2 * ax) way = 0;
      else if (5 * ax < 2 * ay) way = 2;
      else way = (gx ^ gy) < 0 ? 3 : 1;
      store<u16>(SIZE + (i << 1), <u16>(ax + ay));
      store<u8>(WAY + i, <u8>way);
    }
  }
}

function thin(weak: i32, strong: i32): void {
  for (let y: i32 = 1; y < H - 1; y++) {
    for (let x: i32 = 1; x < W - 1; x++) {
      const i: i32 = y * W + x;
      const size: i32 = <i32>load<u16>(SIZE + (i << 1));
      let kind: i32 = 0;
      if (size >= weak) {
        let side: i32;
        switch (<i32>load<u8>(WAY + i)) {
          case 0:
            side = 1;
            break;
          case 1:
            side = W + 1;
            break;
          case 2:
            side = W;
            break;
          default:
            side = W - 1;
        }
        const before: i32 = <i32>load<u16>(SIZE + ((i - side) << 1));
        const after: i32 = <i32>load<u16>(SIZE + ((i + side) << 1));
        if (size > before && size >= after) kind = size >= strong ? 2 : 1;
      }
      store<u8>(THIN + i, <u8>kind);
    }
  }
}

function touches(i: i32): bool {
  for (let dy: i32 = -W; dy <= W; dy += W) {
    for (let dx: i32 = -1; dx <= 1; dx++) {
      if (load<u8>(THIN + i + dy + dx) == 2) return true;
    }
  }
  return false;
}

export function run(n: i32): i32 {
  let s: u32 = 1066;
  memory.fill(SIZE, 0, W * H * 2);
  memory.fill(THIN, 0, W * H);
  memory.fill(IMAGE, 128, W * H);
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < W * H; i++) {
      s = s * 1664525 + 1013904223;
      const x: i32 = i % W;
      const y: i32 = i / W;
      const ridge: i32 = ((x * x + y * (3 + (k & 3)) * 4) >> 4) & 3;
      store<u8>(IMAGE + i, <u8>((<i32>load<u8>(IMAGE + i) + 3 * (40 * ridge + <i32>(s >> 26))) >> 2));
    }
    slopes();
    thin(140, 300);
    let kept: i32 = 0;
    let ways: i32 = 0;
    let places: i32 = 0;
    for (let i: i32 = W + 1; i < W * (H - 1) - 1; i++) {
      const kind: i32 = <i32>load<u8>(THIN + i);
      if (kind == 0) continue;
      if (kind == 2 || touches(i)) {
        kept++;
        ways += 1 << (<i32>load<u8>(WAY + i) << 3);
        places += i * (kind + 1);
      }
    }
    h = h * 31 + kept;
    h = h * 31 + ways;
    h = h * 31 + places;
  }
  return h;
}

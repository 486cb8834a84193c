// A dense layer of 20 by 48 with weights -1, 0 and 1, two bits each and sixteen in a word, taken four a turn as a generator writes it; inputs of 16 bits, a scale and a slope for negative sums of each row.
const ROWS: i32 = 20;
const COLUMNS: i32 = 48;
const WEIGHTS: usize = 1024; // u32[ROWS][COLUMNS / 16]
const SCALES: usize = 1280; // i16[ROWS][2]
const X: usize = 1408; // i16[COLUMNS]
const Y: usize = 1536; // i16[ROWS]

// @ts-ignore: decorator
@inline
function sign(bits: u32): i32 {
  return <i32>(bits & 1) - <i32>((bits >> 1) & 1);
}

function layer(): void {
  let w: usize = WEIGHTS;
  for (let r: usize = 0; r < <usize>ROWS; r++) {
    let s0: i32 = 0;
    let s1: i32 = 0;
    let x: usize = X;
    for (let word: i32 = COLUMNS / 16; word != 0; word--) {
      let bits: u32 = load<u32>(w);
      for (let quad: i32 = 4; quad != 0; quad--) {
        s0 += sign(bits) * <i32>load<i16>(x, 0);
        s1 += sign(bits >> 2) * <i32>load<i16>(x, 2);
        s0 += sign(bits >> 4) * <i32>load<i16>(x, 4);
        s1 += sign(bits >> 6) * <i32>load<i16>(x, 6);
        bits >>= 8;
        x += 8;
      }
      w += 4;
    }
    const scale: i32 = <i32>load<i16>(SCALES + (r << 2));
    const slope: i32 = <i32>load<i16>(SCALES + (r << 2), 2);
    let v: i32 = ((s0 + s1) * scale) >> 8;
    if (v < 0) v = (v * slope) >> 15;
    v = v > 32767 ? 32767 : v < -32768 ? -32768 : v;
    store<i16>(Y + (r << 1), <i16>v);
  }
}

export function run(n: i32): i32 {
  let s: u32 = 3010349;
  for (let i: usize = 0; i < <usize>(ROWS * (COLUMNS / 16)); i++) {
    let word: u32 = 0;
    for (let j: i32 = 0; j < 16; j++) {
      s = s * 1664525 + 1013904223;
      word = (word << 2) | ((s >> 16) % 3);
    }
    store<u32>(WEIGHTS + (i << 2), word);
  }
  for (let r: i32 = 0; r < ROWS; r++) {
    store<i16>(SCALES + (<usize>r << 2), <i16>(120 + r * 9));
    store<i16>(SCALES + (<usize>r << 2), <i16>(8000 - r * 333), 2);
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < COLUMNS; i++) store<i16>(X + (<usize>i << 1), <i16>((((i + 3) * (i + 5) * 193 + k * 577) & 4095) - 2048));
    layer();
    for (let r: usize = 0; r < <usize>ROWS; r++) h = rotl(h, 3) + <i32>load<i16>(Y + (r << 1));
  }
  return h;
}

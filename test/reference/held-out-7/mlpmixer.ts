// A mixer block: a dense pair along the tokens (columns), then one along the channels (rows), by one function with strides, int8 with a residual that saturates; eight tokens by eight channels, twelve hidden.
const SIDE: i32 = 8;
const HIDDEN: i32 = 12;
const FIRST: usize = 1024; // i8[2][HIDDEN][SIDE]
const SECOND: usize = 1280; // i8[2][SIDE][HIDDEN]
const BIAS: usize = 1536; // i16[2][HIDDEN]
const X: usize = 2048; // i8[SIDE][SIDE]
const MIDDLE: usize = 2176; // i8[HIDDEN]

function fill(seed: u32): void {
  for (let p: usize = FIRST; p < BIAS + 48; p++) {
    seed = seed * 69069 + 5;
    store<i8>(p, <i8>(seed >> 24));
  }
  for (let p: usize = BIAS; p < BIAS + 48; p += 2) store<i16>(p, <i16>(<i32>load<i16>(p) >> 4));
}

function mix(from: usize, stride: usize, layer: usize): void {
  let w: usize = FIRST + layer * (SIDE * HIDDEN);
  for (let u: usize = 0; u < <usize>HIDDEN; u++) {
    let sum: i32 = <i32>load<i16>(BIAS + ((layer * HIDDEN + u) << 1));
    let p: usize = from;
    for (let j: i32 = 0; j < SIDE; j++) {
      sum += <i32>load<i8>(p) * <i32>load<i8>(w++);
      p += stride;
    }
    // a leaky unit
    let v: i32 = sum >> 7;
    if (v < 0) v >>= 3;
    store<i8>(MIDDLE + u, <i8>min<i32>(v, 127));
  }
  w = SECOND + layer * (SIDE * HIDDEN);
  let p: usize = from;
  for (let j: i32 = 0; j < SIDE; j++) {
    let sum: i32 = 128;
    for (let u: usize = 0; u < <usize>HIDDEN; u++) sum += <i32>load<i8>(MIDDLE + u) * <i32>load<i8>(w + u);
    w += HIDDEN;
    let v: i32 = <i32>load<i8>(p) + (sum >> 8);
    if (v > 127) v = 127;
    else if (v < -128) v = -128;
    store<i8>(p, <i8>v);
    p += stride;
  }
}

export function run(n: i32): i32 {
  fill(60221);
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < SIDE * SIDE; i++) store<i8>(X + <usize>i, <i8>((i * 73 + k * 29) ^ (i >> 2)));
    for (let c: usize = 0; c < <usize>SIDE; c++) mix(X + c, SIDE, 0);
    for (let t: usize = 0; t < <usize>SIDE; t++) mix(X + t * SIDE, 1, 1);
    for (let i: usize = 0; i < <usize>(SIDE * SIDE); i += 8) {
      const v: i64 = load<i64>(X + i);
      h = h * 31 + (<i32>v ^ <i32>(v >> 32));
    }
  }
  return h;
}

// A window read from both ends (bidirectional gated units): ten frames of five values, eight units forwards and eight backwards, the same code with a stride that changes its sign; Q11, gates in three straight pieces, states of every frame are kept; what both say of a frame goes through a layer of three, the greatest is a label.
const FRAMES: i32 = 10;
const IN: i32 = 5;
const UNITS: i32 = 8;
const LABELS: i32 = 3;
const ROW: i32 = IN + UNITS;
const SIDE: i32 = 3 * UNITS * ROW; // bytes of one direction's weights

const x: usize = 1024; // i16[10][5]
const weights: usize = 1152; // i8[2][3][8][13]
const states: usize = 1792; // i16[2][10][8]
const zero: usize = 2112; // i16[8], what stands before the first frame
const update: usize = 2128; // i16[8]
const held: usize = 2144; // i16[8], reset times state
const top: usize = 2176; // i8[3][16]

@inline function gate(v: i32): i32 {
  const g: i32 = 1024 + (v >> 2);
  return g < 0 ? 0 : g > 2048 ? 2048 : g;
}

@inline function bend(v: i32): i32 {
  if (v < -3072) return -2048;
  if (v > 3072) return 2048;
  if (v < -1024) return -1024 + ((v + 1024) >> 1);
  if (v > 1024) return 1024 + ((v - 1024) >> 1);
  return v;
}

function row(w: usize, frame: usize, state: usize): i32 {
  let sum: i32 = 0;
  for (let i: i32 = 0; i < IN; i++) sum += <i32>load<i8>(w + i) * <i32>load<i16>(frame + (i << 1));
  for (let i: i32 = 0; i < UNITS; i++) sum += <i32>load<i8>(w + i, IN) * <i32>load<i16>(state + (i << 1));
  return sum >> 6;
}

function through(w: usize, frame: usize, out: usize, stride: isize, outStride: isize): void {
  let before: usize = zero;
  for (let t: i32 = 0; t < FRAMES; t++) {
    for (let u: i32 = 0; u < UNITS; u++) {
      const state: i32 = load<i16>(before + (u << 1));
      store<i16>(update + (u << 1), <i16>gate(row(w + u * ROW, frame, before)));
      store<i16>(held + (u << 1), <i16>((gate(row(w + (UNITS + u) * ROW, frame, before)) * state) >> 11));
    }
    for (let u: i32 = 0; u < UNITS; u++) {
      const candidate: i32 = bend(row(w + (2 * UNITS + u) * ROW, frame, held));
      const z: i32 = load<i16>(update + (u << 1));
      const state: i32 = load<i16>(before + (u << 1));
      store<i16>(out + (u << 1), <i16>(candidate + ((z * (state - candidate)) >> 11)));
    }
    before = out;
    frame += stride;
    out += outStride;
  }
}

export function run(n: i32): i32 {
  let s: u32 = 1997;
  for (let i: usize = weights; i < weights + 2 * SIDE; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(i, <i8>(<i32>s >> 25));
  }
  for (let i: usize = top; i < top + LABELS * 2 * UNITS; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(i, <i8>(<i32>s >> 24));
  }
  memory.fill(zero, 0, 2 * UNITS);
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < FRAMES * IN; i++) {
      s = s * 1664525 + 1013904223;
      store<i16>(x + (i << 1), <i16>(<i32>s >> 20));
    }
    through(weights, x, states, 2 * IN, 2 * UNITS);
    through(
      weights + SIDE,
      x + (FRAMES - 1) * IN * 2,
      states + (2 * FRAMES - 1) * UNITS * 2,
      -2 * IN,
      -2 * UNITS,
    );
    for (let t: i32 = 0; t < FRAMES; t++) {
      let best: i32 = i32.MIN_VALUE;
      let label: i32 = 0;
      for (let l: i32 = 0; l < LABELS; l++) {
        let sum: i32 = 0;
        for (let side: i32 = 0; side < 2; side++)
          for (let u: i32 = 0; u < UNITS; u++)
            sum +=
              <i32>load<i8>(top + (l * 2 + side) * UNITS + u) *
              <i32>load<i16>(states + (((side * FRAMES + t) * UNITS + u) << 1));
        if (sum > best) {
          best = sum;
          label = l;
        }
      }
      h = h * 31 + best + label;
    }
  }
  return h;
}

// A Legendre memory unit: a memory of six polynomials that a fixed matrix moves along (A, B as the definition has them), written by one number per step, and ten units that read input, state and memory; weights of 8 bits, states in Q12, a parabola for tanh; eight steps.
const INPUTS: i32 = 3;
const UNITS: i32 = 10;
const ORDER: i32 = 6;
const WIDTH: i32 = INPUTS + UNITS + ORDER;
const SEEN: usize = 1024; // i32[WIDTH]: input, state, memory
const STATE: usize = SEEN + (INPUTS << 2);
const MEMORY: usize = STATE + (UNITS << 2);
const NEXT: usize = 1152; // i32[UNITS + ORDER]
const A: usize = 1280; // i32[ORDER][ORDER]
const B: usize = 1440; // i32[ORDER]
const WRITE: usize = 1536; // i8[WIDTH]
const WEIGHTS: usize = 1600; // i8[UNITS][WIDTH]
const STEPS: i32 = 8;

function legendre(): void {
  for (let i: i32 = 0; i < ORDER; i++) {
    const scale: i32 = 2 * i + 1;
    for (let j: i32 = 0; j < ORDER; j++) {
      const sign: i32 = i < j || ((i - j) & 1) == 0 ? -1 : 1;
      store<i32>(A + ((i * ORDER + j) << 2), scale * sign);
    }
    store<i32>(B + (i << 2), (i & 1) != 0 ? -scale : scale);
  }
}

function seen(row: usize): i32 {
  let sum: i32 = 0;
  for (let j: i32 = 0; j < WIDTH; j++) sum += <i32>load<i8>(row + j) * load<i32>(SEEN + (j << 2));
  return sum >> 7;
}

function squash(x: i32): i32 {
  if (x >= 8192) return 4096;
  if (x <= -8192) return -4096;
  const size: i32 = x < 0 ? -x : x;
  return x - ((x * size) >> 14);
}

function clamp(x: i32): i32 {
  return min(max(x, -32768), 32767);
}

function step(): void {
  const u: i32 = clamp(seen(WRITE));
  for (let i: i32 = 0; i < ORDER; i++) {
    let sum: i32 = load<i32>(B + (i << 2)) * u;
    for (let j: i32 = 0; j < ORDER; j++) sum += load<i32>(A + ((i * ORDER + j) << 2)) * load<i32>(MEMORY + (j << 2));
    store<i32>(NEXT + ((UNITS + i) << 2), clamp(load<i32>(MEMORY + (i << 2)) + (sum >> 5)));
  }
  for (let i: i32 = 0; i < UNITS; i++) store<i32>(NEXT + (i << 2), squash(seen(WEIGHTS + i * WIDTH)));
  memory.copy(STATE, NEXT, (UNITS + ORDER) << 2);
}

export function run(n: i32): i32 {
  let s: u32 = 71;
  legendre();
  for (let i: i32 = 0; i < WIDTH * (UNITS + 1); i++) {
    s = s * 1664525 + 1013904223;
    store<i8>((i < WIDTH ? WRITE : WEIGHTS - WIDTH) + i, <i8>(<i32>s >> 25));
  }
  memory.fill(SEEN, 0, WIDTH << 2);
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let t: i32 = 0; t < STEPS; t++) {
      for (let j: i32 = 0; j < INPUTS; j++) {
        s = s * 1664525 + 1013904223;
        store<i32>(SEEN + (j << 2), <i32>s >> 19);
      }
      step();
    }
    for (let i: i32 = 0; i < UNITS + ORDER; i++) h = h * 31 + load<i32>(STATE + (i << 2));
  }
  return h;
}

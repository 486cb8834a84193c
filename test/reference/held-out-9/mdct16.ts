// Sound in frames that overlap by half: sixteen new samples, a sine window, folded to a cosine transform of the fourth kind with sixteen coefficients, these quantised by steps that grow, the same transform back, unfolded, windowed and added; cosines from a table of sixteen by symmetry.
const N: i32 = 16;
const HALF: i32 = N / 2;
const PAST: usize = 1024; // i16[2 * N]: the frame
const FOLDED: usize = 1088; // i32[N]
const COEF: usize = 1152; // i32[N]
const TAIL: usize = 1216; // i32[N]: waits for the next frame
const SOUND: usize = 1280; // i16[N]

const COSINES: StaticArray<i32> = [16364, 16207, 15893, 15426, 14811, 14053, 13160, 12140, 11003, 9760, 8423, 7005, 5520, 3981, 2404, 804];

/** cos(m pi / 64) in Q14 for odd m. */
function cosine(m: i32): i32 {
  m &= 127;
  if (m > 64) m = 128 - m;
  return m < 32 ? COSINES[m >> 1] : -COSINES[(64 - m) >> 1];
}

// @ts-ignore: decorator
@inline
function window(i: i32): i32 {
  return i < N ? COSINES[N - 1 - i] : COSINES[i - N];
}

function sample(i: i32): i32 {
  return (<i32>load<i16>(PAST + (i << 1)) * window(i)) >> 14;
}

function transform(from: usize, to: usize, shift: i32): void {
  for (let k: i32 = 0; k < N; k++) {
    const step: i32 = 4 * k + 2;
    let angle: i32 = 2 * k + 1;
    let sum: i32 = 0;
    for (let i: i32 = 0; i < N; i++) {
      sum += load<i32>(from + (i << 2)) * cosine(angle);
      angle += step;
    }
    store<i32>(to + (k << 2), sum >> shift);
  }
}

function fold(): void {
  for (let i: i32 = 0; i < HALF; i++) {
    store<i32>(FOLDED + (i << 2), -sample(3 * HALF - 1 - i) - sample(3 * HALF + i));
    store<i32>(FOLDED + ((HALF + i) << 2), sample(i) - sample(N - 1 - i));
  }
}

function unfold(): void {
  for (let i: i32 = 0; i < HALF; i++) {
    const early: i32 = load<i32>(FOLDED + ((HALF + i) << 2));
    const a: i32 = load<i32>(TAIL + (i << 2)) + early * window(i);
    const b: i32 = load<i32>(TAIL + ((N - 1 - i) << 2)) - early * window(N - 1 - i);
    store<i16>(SOUND + (i << 1), <i16>min(max(a >> 14, -32768), 32767));
    store<i16>(SOUND + ((N - 1 - i) << 1), <i16>min(max(b >> 14, -32768), 32767));
  }
  for (let i: i32 = 0; i < HALF; i++) {
    const late: i32 = load<i32>(FOLDED + (i << 2));
    store<i32>(TAIL + ((HALF - 1 - i) << 2), -late * window(3 * HALF - 1 - i));
    store<i32>(TAIL + ((HALF + i) << 2), -late * window(3 * HALF + i));
  }
}

export function run(n: i32): i32 {
  let s: u32 = 44100;
  memory.fill(PAST, 0, 4 * N);
  memory.fill(TAIL, 0, 4 * N);
  let h: i32 = 0;
  let turn: i32 = 0;
  let speed: i32 = 900;
  for (let k: i32 = 0; k < n; k++) {
    memory.copy(PAST, PAST + 2 * N, 2 * N);
    for (let i: i32 = N; i < 2 * N; i++) {
      s = s * 1664525 + 1013904223;
      turn = (turn + speed) & 4095;
      store<i16>(PAST + (i << 1), <i16>((turn < 2048 ? turn : 4095 - turn) - 1024 + (<i32>s >> 24)));
    }
    speed = 300 + <i32>(s >> 22);
    fold();
    transform(FOLDED, COEF, 18);
    for (let i: i32 = 0; i < N; i++) {
      const step: i32 = 2 + i;
      const q: i32 = load<i32>(COEF + (i << 2)) / step;
      h = h * 31 + q;
      store<i32>(COEF + (i << 2), q * step);
    }
    transform(COEF, FOLDED, 13);
    unfold();
    for (let i: i32 = 0; i < N; i++) h = h * 31 + <i32>load<i16>(SOUND + (i << 1));
  }
  return h;
}

// The rate of a pulse by magnitudes of differences: 80 samples, clipped to what lies beyond three fifths of the smaller of both halves' greatest values, mean of |x(i) - x(i + lag)| for lags of 10 to 40; the deepest dip below a share of the mean, an octave checked, the lag in sixteenths by a parabola.
const N: i32 = 80;
const FIRST: i32 = 10;
const LAST: i32 = 40;
const SPAN: i32 = N - LAST;
const X: usize = 1024; // i16[N]
const D: usize = 1280; // i32[LAST + 1]

function greatest(from: i32, to: i32): i32 {
  let top: i32 = 0;
  for (let i: i32 = from; i < to; i++) {
    const x: i32 = <i32>load<i16>(X + (i << 1));
    top = max(top, x < 0 ? -x : x);
  }
  return top;
}

function clip(): void {
  const level: i32 = (3 * min(greatest(0, N / 2), greatest(N / 2, N))) / 5;
  for (let i: i32 = 0; i < N; i++) {
    const x: i32 = <i32>load<i16>(X + (i << 1));
    store<i16>(X + (i << 1), <i16>(x > level ? x - level : x < -level ? x + level : 0));
  }
}

function differences(): i32 {
  let all: i32 = 0;
  for (let lag: i32 = FIRST; lag <= LAST; lag++) {
    let sum: i32 = 0;
    for (let i: i32 = 0; i < SPAN; i++) {
      const d: i32 = <i32>load<i16>(X + (i << 1)) - <i32>load<i16>(X + ((i + lag) << 1));
      sum += abs(d);
    }
    store<i32>(D + (lag << 2), sum);
    all += sum;
  }
  return all / (LAST - FIRST + 1);
}

function period(): i32 {
  const mean: i32 = differences();
  let best: i32 = FIRST;
  for (let lag: i32 = FIRST + 1; lag <= LAST; lag++) {
    if (load<i32>(D + (lag << 2)) < load<i32>(D + (best << 2))) best = lag;
  }
  const dip: i32 = load<i32>(D + (best << 2));
  if (3 * dip > 2 * mean) return 0;
  const half: i32 = best >> 1;
  if (half > FIRST && load<i32>(D + (half << 2)) < dip + (mean >> 3)) best = half;
  if (best == FIRST || best == LAST) return best << 4;
  const left: i32 = load<i32>(D + (best << 2) - 4);
  const middle: i32 = load<i32>(D + (best << 2));
  const right: i32 = load<i32>(D + (best << 2) + 4);
  const curve: i32 = left - 2 * middle + right;
  return curve > 0 ? (best << 4) + (8 * (left - right)) / curve : best << 4;
}

export function run(n: i32): i32 {
  let s: u32 = 90210;
  let h: i32 = 0;
  let turn: u32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    s = s * 1664525 + 1013904223;
    const speed: u32 = 0x08000000 + (s >> 5);
    for (let i: i32 = 0; i < N; i++) {
      s = s * 1664525 + 1013904223;
      turn += speed;
      const ramp: i32 = <i32>turn >> 21;
      const wave: i32 = ramp < 0 ? 512 + ramp : 512 - ramp;
      store<i16>(X + (i << 1), <i16>(wave + (<i32>s >> 24)));
    }
    clip();
    h = h * 31 + period();
    for (let lag: i32 = FIRST; lag <= LAST; lag++) h = h * 31 + load<i32>(D + (lag << 2));
  }
  return h;
}

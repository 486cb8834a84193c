// Step frequency: the autocorrelation of a window for lags 8 to 40, the best lag refined by a parabola.
const W: usize = 1024;
const R: usize = 2048;
const LENGTH: u32 = 96;

function correlate(lag: u32): i32 {
  let sum: i32 = 0;
  const end = W + ((LENGTH - lag) << 1);
  for (let p: usize = W; p < end; p += 2) sum += (<i32>load<i16>(p) * <i32>load<i16>(p + (lag << 1))) >> 6;
  return sum / <i32>(LENGTH - lag);
}

function removeMean(): void {
  let sum = 0;
  for (let i: u32 = 0; i < LENGTH; i++) sum += load<i16>(W + (i << 1));
  const mean = sum / <i32>LENGTH;
  for (let i: u32 = 0; i < LENGTH; i++) {
    const p = W + (i << 1);
    store<i16>(p, <i16>(<i32>load<i16>(p) - mean));
  }
}

function cadence(): i32 {
  removeMean();
  let best: u32 = 8;
  for (let lag: u32 = 8; lag <= 40; lag++) {
    const c = correlate(lag);
    store<i32>(R + (lag << 2), c);
    if (c > load<i32>(R + (best << 2))) best = lag;
  }
  if (best == 8 || best == 40) return <i32>best << 4;
  const at = R + (best << 2);
  const a = load<i32>(at - 4), b = load<i32>(at), c = load<i32>(at, 4);
  const curve = a - 2 * b + c;
  return (<i32>best << 4) + (curve ? ((a - c) * 8) / curve : 0);
}

export function run(n: i32): i32 {
  let r = 0;
  for (let k = 0; k < n; k++) {
    for (let i: i32 = 0; i < <i32>LENGTH; i++) {
      const t = (i * (11 + k)) & 255;
      store<i16>(W + (<usize>i << 1), <i16>((t < 128 ? t : 255 - t) * 12 + ((i * 57) & 63)));
    }
    r = r * 11 + cadence();
  }
  return r;
}

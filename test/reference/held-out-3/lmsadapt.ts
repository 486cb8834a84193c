// Normalised least mean squares: removes the movement (accelerometer) from a pulse wave; 12 taps, Q15, a division per sample.
const TAPS: i32 = 12;
const noise: usize = 1024; // i16
const mixed: usize = 2048; // i16
const coefficients: usize = 3072; // i32, Q15
const COUNT: i32 = 64;

function fill(): void {
  let phase = 0;
  for (let i = 0; i < COUNT + TAPS; i++) {
    phase += 37 + (i & 7);
    const t = phase & 255;
    const tri = t < 128 ? t - 64 : 192 - t;
    store<i16>(noise + (<usize>i << 1), <i16>(tri * 40));
    store<i16>(mixed + (<usize>i << 1), <i16>(tri * 21 + ((i * 29) & 511)));
  }
  memory.fill(coefficients, 0, <usize>TAPS << 2);
}

function adapt(step: i32): i32 {
  let error: i32 = 0;
  let power: i32 = 0;
  for (let i = TAPS; i < COUNT; i++) {
    const x = noise + (<usize>(i - TAPS) << 1);
    const first: i32 = load<i16>(x);
    const last: i32 = load<i16>(x + (<usize>TAPS << 1));
    power += ((last * last) >> 8) - ((first * first) >> 8);
    if (power < 0) power = 0;
    let y: i32 = 0;
    for (let j = 0; j < TAPS; j++)
      y += (load<i32>(coefficients + (<usize>j << 2)) * <i32>load<i16>(x + (<usize>j << 1), 2)) >> 4;
    const e = <i32>load<i16>(mixed + (<usize>i << 1)) - (y >> 11);
    const mu = (e * step) / (power + 64);
    for (let j = 0; j < TAPS; j++) {
      const at = coefficients + (<usize>j << 2);
      store<i32>(at, load<i32>(at) + ((mu * <i32>load<i16>(x + (<usize>j << 1), 2)) >> 10));
    }
    error += e < 0 ? -e : e;
  }
  return error;
}

export function run(n: i32): i32 {
  fill();
  let r = 0;
  for (let k = 1; k <= n; k++) r = r * 5 + adapt(k & 15);
  return r;
}

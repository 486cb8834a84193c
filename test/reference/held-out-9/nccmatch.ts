// A beat's shape in a pulse wave: correlation with a template of 16 samples at all 81 places, its mean and deviation taken out by running sums, squares compared as quotients in Q15 with a sign; places above a threshold that are the greatest within eight are beats; the template follows the best of them.
const N: i32 = 96;
const M: i32 = 16;
const PLACES: i32 = N - M + 1;
const WAVE: usize = 1024; // i16[N]
const SHAPE: usize = 1280; // i16[M]
const R: usize = 1344; // i32[PLACES]

function correlate(): void {
  let shapeSum: i32 = 0;
  let shapeSquares: i32 = 0;
  for (let j: i32 = 0; j < M; j++) {
    const t: i32 = <i32>load<i16>(SHAPE + (j << 1));
    shapeSum += t;
    shapeSquares += t * t;
  }
  const shapeSpread: i64 = <i64>shapeSquares * M - <i64>shapeSum * shapeSum;
  let sum: i32 = 0;
  let squares: i32 = 0;
  for (let j: i32 = 0; j < M - 1; j++) {
    const x: i32 = <i32>load<i16>(WAVE + (j << 1));
    sum += x;
    squares += x * x;
  }
  for (let i: i32 = 0; i < PLACES; i++) {
    const w: usize = WAVE + (i << 1);
    const fresh: i32 = <i32>load<i16>(w, (M - 1) << 1);
    sum += fresh;
    squares += fresh * fresh;
    let dot: i32 = 0;
    for (let j: i32 = 0; j < M; j++) dot += <i32>load<i16>(w + (j << 1)) * <i32>load<i16>(SHAPE + (j << 1));
    const above: i64 = <i64>dot * M - <i64>sum * shapeSum;
    const spread: i64 = <i64>squares * M - <i64>sum * sum;
    let r: i32 = 0;
    if (spread > 256 && shapeSpread > 0) {
      // the square of the correlation, with its sign
      const size: i64 = (above < 0 ? -above : above) >> 3;
      r = <i32>(((size * size) << 6) / ((spread * (shapeSpread >> 9)) >> 6));
      if (above < 0) r = -r;
    }
    store<i32>(R + (i << 2), r);
    const old: i32 = <i32>load<i16>(w);
    sum -= old;
    squares -= old * old;
  }
}

function isPeak(i: i32): bool {
  const r: i32 = load<i32>(R + (i << 2));
  if (r < 12000) return false;
  const to: i32 = min(i + 8, PLACES - 1);
  for (let j: i32 = max(i - 8, 0); j <= to; j++) {
    const other: i32 = load<i32>(R + (j << 2));
    if (other > r || (other == r && j < i)) return false;
  }
  return true;
}

export function run(n: i32): i32 {
  let s: u32 = 1729;
  for (let j: i32 = 0; j < M; j++) store<i16>(SHAPE + (j << 1), <i16>(j < 5 ? 150 * j : 750 - 60 * (j - 5)));
  let phase: i32 = 0;
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < N; i++) {
      s = s * 1664525 + 1013904223;
      if (phase >= 26 + <i32>(s & 0x30000) / 0x10000) phase = 0;
      const beat: i32 = phase < 6 ? 130 * phase : phase < 18 ? 780 - 65 * (phase - 6) : 0;
      store<i16>(WAVE + (i << 1), <i16>(beat + 2 * i + (<i32>s >> 25)));
      phase++;
    }
    correlate();
    let best: i32 = -1;
    for (let i: i32 = 0; i < PLACES; i++) {
      h = (h << 1) ^ (h >>> 31) ^ load<i32>(R + (i << 2));
      if (!isPeak(i)) continue;
      h = h * 31 + i;
      if (best < 0 || load<i32>(R + (i << 2)) > load<i32>(R + (best << 2))) best = i;
    }
    if (best >= 0) {
      for (let j: i32 = 0; j < M; j++) {
        const at: usize = SHAPE + (j << 1);
        store<i16>(at, <i16>((7 * <i32>load<i16>(at) + <i32>load<i16>(WAVE + ((best + j) << 1))) >> 3));
      }
    }
    h = h * 31 + best;
  }
  return h;
}

// Prediction of order eight of 72 samples of 16 bits: products of the samples with themselves in 64 bits, scaled to 24, then Levinson and Durbin's recursion with coefficients in Q20; reflections are bounded, the last of them and the error that is left are the features.
const LENGTH = 72;
const ORDER = 8;
const ONE = 1 << 20;
const samples = changetype<StaticArray<i16>>(memory.data(LENGTH * 2, 4));
const lags = changetype<StaticArray<i64>>(memory.data((ORDER + 1) * 8, 8));
const r = changetype<StaticArray<i32>>(memory.data((ORDER + 1) * 4, 4));
const a = changetype<StaticArray<i32>>(memory.data((ORDER + 1) * 4, 4));
const turned = changetype<StaticArray<i32>>(memory.data((ORDER + 1) * 4, 4));

function correlate(): void {
  for (let lag = 0; lag <= ORDER; lag++) {
    let sum: i64 = 0;
    for (let t = lag; t < LENGTH; t++) sum += <i64>(<i32>unchecked(samples[t]) * <i32>unchecked(samples[t - lag]));
    unchecked((lags[lag] = sum));
  }
  unchecked((lags[0] += (lags[0] >> 9) + 1));
  const shift = 40 - <i32>clz(unchecked(lags[0]));
  for (let lag = 0; lag <= ORDER; lag++)
    unchecked((r[lag] = shift > 0 ? <i32>(lags[lag] >> shift) : <i32>(lags[lag] << -shift)));
}

function predict(): i32 {
  let error = <i64>unchecked(r[0]);
  unchecked((a[0] = ONE));
  for (let m = 1; m <= ORDER; m++) {
    let sum: i64 = <i64>unchecked(r[m]) * ONE;
    for (let j = 1; j < m; j++) sum += <i64>unchecked(a[j]) * <i64>unchecked(r[m - j]);
    let k = <i32>(-sum / error);
    if (k > ONE - 64) k = ONE - 64;
    else if (k < 64 - ONE) k = 64 - ONE;
    for (let j = 1; j < m; j++) unchecked((turned[j] = a[j] + <i32>((<i64>k * <i64>a[m - j]) >> 20)));
    for (let j = 1; j < m; j++) unchecked((a[j] = turned[j]));
    unchecked((a[m] = k));
    error -= (error * ((<i64>k * <i64>k) >> 20)) >> 20;
    if (error <= 0) error = 1;
  }
  return <i32>error;
}

export function run(n: i32): i32 {
  let h = 0;
  let s: u32 = 1618;
  for (let k = 0; k < n; k++) {
    let u = 0;
    let v = 0;
    for (let t = 0; t < LENGTH; t++) {
      s ^= s << 13;
      s ^= s >> 17;
      s ^= s << 5;
      const w = ((27000 * u - (20000 + (k & 7) * 1000) * v) >> 14) + (<i32>s >> 22);
      v = u;
      u = min(max(w, -8000), 8000);
      unchecked((samples[t] = <i16>u));
    }
    correlate();
    h = h * 31 + predict();
    for (let j = 1; j <= ORDER; j++) h = h * 31 + unchecked(a[j]);
  }
  return h;
}

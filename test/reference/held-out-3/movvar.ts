// Mean, variance and range of a window of 32 samples that slides over three axes; features of gait.
const axes: usize = 1024; // x y z interleaved, i16
const features: usize = 4096; // i32
const LENGTH: i32 = 120;
const WINDOW: i32 = 32;

function record(): void {
  let a: u16 = 0xace1;
  for (let i: usize = 0; i < <usize>LENGTH * 3; i++) {
    a = (a >> 1) ^ (<u16>-(<i32>a & 1) & 0xb400);
    store<i16>(axes + (i << 1), <i16>a >> 3);
  }
}

function slide(axis: i32, to: usize): usize {
  let sum: i32 = 0;
  let squares: i64 = 0;
  let p = axes + (<usize>axis << 1);
  for (let i = 0; i < LENGTH; i++, p += 6) {
    const v: i32 = load<i16>(p);
    sum += v;
    squares += <i64>(v * v);
    if (i >= WINDOW) {
      const old: i32 = load<i16>(p - 6 * WINDOW);
      sum -= old;
      squares -= <i64>(old * old);
    }
    if (i >= WINDOW - 1 && (i & 3) == 3) {
      const mean = sum >> 5;
      const variance = <i32>((squares >> 5) - <i64>(mean * mean));
      let low: i32 = 32767, high: i32 = -32768;
      for (let j = 0; j < WINDOW; j++) {
        const w: i32 = load<i16>(p - 6 * j);
        low = min(low, w);
        high = max(high, w);
      }
      store<i32>(to, mean);
      store<i32>(to, variance, 4);
      store<i32>(to, high - low, 8);
      to += 12;
    }
  }
  return to;
}

export function run(n: i32): i32 {
  record();
  let r: i32 = 0;
  for (let k = 0; k < n; k++) {
    let end = features;
    for (let axis = 0; axis < 3; axis++) end = slide(axis, end);
    for (let p = features; p < end; p += 4) r = (r ^ load<i32>(p)) * 16777619;
  }
  return r;
}

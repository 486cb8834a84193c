// All-pole lattice filter of order 8, reflections in Q15, 64-bit products that round.
const K: usize = 1024; // int16[8]
const STATE: usize = 1152; // int32[9]
const SIGNAL: usize = 2048; // int16[80]
const LENGTH: i32 = 80;

function fill(): void {
  for (let i: i32 = 0; i < 8; i++)
    store<i16>(K + ((<usize>i) << 1), <i16>((i & 1 ? -1 : 1) * (20000 - i * 2300)));
  let s: u32 = 8;
  for (let i: i32 = 0; i < LENGTH; i++) {
    s = s * 1664525 + 1013904223;
    store<i16>(SIGNAL + ((<usize>i) << 1), <i16>((<i32>s) >> 19));
  }
  for (let i: usize = 0; i < 9; i++) store<i32>(STATE + (i << 2), 0);
}

function scaled(a: i32, k: i32): i32 {
  return <i32>((<i64>a * <i64>k + 16384) >> 15);
}

function synthesise(): i32 {
  let energy: i64 = 0;
  for (let n: i32 = 0; n < LENGTH; n++) {
    let f: i32 = (<i32>load<i16>(SIGNAL + ((<usize>n) << 1))) << 4;
    for (let m: i32 = 7; m >= 0; m--) {
      const k: i32 = <i32>load<i16>(K + ((<usize>m) << 1));
      const b: i32 = load<i32>(STATE + ((<usize>m) << 2));
      f -= scaled(b, k);
      store<i32>(STATE + ((<usize>m) << 2), b + scaled(f, k), 4);
    }
    store<i32>(STATE, f);
    energy += <i64>f * <i64>f;
  }
  return <i32>(energy >> 20);
}

export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    store<i16>(SIGNAL, <i16>(k * 311), 20);
    h = h * 31 + synthesise();
  }
  return h;
}

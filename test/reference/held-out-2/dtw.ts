const A: usize = 1024;
const B: usize = 8192;
const C: usize = 16384;
const D: usize = 32768;
function fill(): void {
  let s: u32 = 987654;
  for (let i: usize = 0; i < 7000; i++) {
    s = s * 1664525 + 1013904223;
    store<u8>(A + i, <u8>(s >> 24));
    store<u8>(B + i, <u8>(s >> 16));
    store<u8>(C + i, <u8>(s >> 8));
  }
}
function f(k: i32): i32 {
  const n: usize = 20;
  for (let j: usize = 0; j <= n; j++) store<i32>(D + (j << 2), 0x3fffffff);
  store<i32>(D, 0);
  for (let i: usize = 0; i < n; i++) {
    let diagonal = load<i32>(D);
    store<i32>(D, 0x3fffffff);
    const x = <i32>load<i16>(A + ((i + (<usize>k & 7)) << 1));
    for (let j: usize = 1; j <= n; j++) {
      const at = D + (j << 2);
      const d = x - <i32>load<i16>(B + (j << 1));
      const up = load<i32>(at), left = load<i32>(at - 4);
      let best = up < left ? up : left;
      if (diagonal < best) best = diagonal;
      diagonal = up;
      store<i32>(at, best + (d < 0 ? -d : d));
    }
  }
  return load<i32>(D + 80);
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

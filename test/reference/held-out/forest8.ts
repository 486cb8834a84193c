const A: usize = 1024;
const B: usize = 8192;
const C: usize = 16384;
const D: usize = 32768;
function fill(): void {
  let s: u32 = 4321;
  for (let i: usize = 0; i < 7000; i++) {
    s = s * 1664525 + 1013904223;
    store<u8>(A + i, <u8>(s >> 24));
    store<u8>(B + i, <u8>(s >> 16));
    store<u8>(C + i, <u8>(s >> 8));
  }
}
function f(k: i32): i32 {
  let votes: i32 = 0;
  for (let t: usize = 0; t < 8; t++) {
    let n: usize = 0;
    for (let d: i32 = 0; d < 6; d++) {
      const node = B + ((t * 64 + n) << 2);
      const x = <i32>load<i16>(A + ((<usize>load<u8>(node)) << 1)) + k;
      n = x < <i32>load<i16>(node, 2) ? n * 2 + 1 : n * 2 + 2;
      if (n > 62) n -= 40;
    }
    votes += (<i32>load<u8>(C + t * 64 + n)) & 1;
  }
  return votes;
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

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
  let p: usize = D;
  for (let y: i32 = 0; y < 16; y += 2) {
    const top = A + <usize>(y * 16), under = top + 16;
    for (let x: usize = 0; x < 16; x += 2) {
      const s = <u32>load<u8>(top + x) + load<u8>(top + x, 1) + load<u8>(under + x) + load<u8>(under + x, 1);
      store<u8>(p, (s + 2) >> 2);
      p++;
    }
  }
  return <i32>load<u8>(D + <usize>(k & 63)) - k;
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

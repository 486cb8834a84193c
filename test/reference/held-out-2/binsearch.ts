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
  for (let i: i32 = 0; i < 64; i++) store<i32>(D + (<usize>i << 2), i * i * 4 + i);
  let r: i32 = 0;
  for (let q: i32 = 0; q < 40; q++) {
    const want = <i32>load<u16>(A + (<usize>q << 1)) >> 2;
    let lo: i32 = 0, hi: i32 = 64;
    while (lo < hi) {
      const mid = (lo + hi) >> 1;
      if (load<i32>(D + (<usize>mid << 2)) < want) lo = mid + 1;
      else hi = mid;
    }
    r += lo;
  }
  return r + k;
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

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
function sort(lo: i32, hi: i32): void {
  if (lo >= hi) return;
  const pivot = load<u8>(D + <usize>((lo + hi) >> 1));
  let i = lo, j = hi;
  while (i <= j) {
    while (load<u8>(D + <usize>i) < pivot) i++;
    while (load<u8>(D + <usize>j) > pivot) j--;
    if (i <= j) {
      const t = load<u8>(D + <usize>i);
      store<u8>(D + <usize>i, load<u8>(D + <usize>j));
      store<u8>(D + <usize>j, t);
      i++;
      j--;
    }
  }
  sort(lo, j);
  sort(i, hi);
}
function f(k: i32): i32 {
  for (let i: usize = 0; i < 64; i++) store<u8>(D + i, load<u8>(A + i + <usize>(k & 15)));
  sort(0, 63);
  return <i32>load<u8>(D + 31);
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

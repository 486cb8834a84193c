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
type Op = (x: i32, y: i32) => i32;
const table: StaticArray<Op> = [
  (x: i32, y: i32): i32 => x + y,
  (x: i32, y: i32): i32 => x ^ (y << 1),
  (x: i32, y: i32): i32 => (x > y ? x - y : y - x),
  (x: i32, y: i32): i32 => (x * y) >> 3,
];
function f(k: i32): i32 {
  let v: i32 = k;
  for (let i: usize = 0; i < 80; i++) {
    const c = load<u8>(A + i);
    v = table[c & 3](v, <i32>c);
  }
  return v;
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

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
function sigm(x: i32): i32 {
  const c = x > 32767 ? 32767 : x < -32767 ? -32767 : x;
  return (c >> 1) + 16384;
}
function cell(row: usize, at: usize, count: i32): i32 {
  let sum: i32 = 0;
  for (let j: i32 = 0; j < count; j++)
    sum += <i32>load<i8>(row + <usize>j) * <i32>load<i16>(at + (<usize>j << 1));
  return sum >> 7;
}
function f(k: i32): i32 {
  const hidden = 12;
  store<i16>(A, <i16>k);
  for (let u: i32 = 0; u < hidden; u++) {
    const w = B + <usize>(u * 54);
    const z = sigm(cell(w, A, 6) + cell(w + 6, D, hidden));
    const r = sigm(cell(w + 18, A, 6) + cell(w + 24, D, hidden));
    const n = cell(w + 36, A, 6) + ((cell(w + 42, D, hidden) * r) >> 15);
    const h = <i32>load<i16>(D + (<usize>u << 1));
    const next = h + (((n - h) * z) >> 15);
    store<i16>(D + 64 + (<usize>u << 1), next);
  }
  for (let u: usize = 0; u < 24; u += 2) store<i16>(D + u, load<i16>(D + 64 + u));
  return <i32>load<i16>(D + 4);
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

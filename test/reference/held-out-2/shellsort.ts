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
  for (let i: usize = 0; i < 96; i += 2) store<i16>(D + i, load<i16>(A + i + (<usize>(k & 31) << 1)));
  for (let gap: i32 = 24; gap > 0; gap >>= 1)
    for (let i: i32 = gap; i < 48; i++) {
      const v = load<i16>(D + (<usize>i << 1));
      let j = i;
      for (; j >= gap; j -= gap) {
        const u = load<i16>(D + (<usize>(j - gap) << 1));
        if (u <= v) break;
        store<i16>(D + (<usize>j << 1), u);
      }
      store<i16>(D + (<usize>j << 1), v);
    }
  return load<i16>(D + 40);
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

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
  for (let row: i32 = 0; row < 24; row += 2) {
    let a = load<i32>(C + (<usize>row << 2)) >> 12;
    let b = load<i32>(C + (<usize>row << 2), 4) >> 12;
    const w = B + <usize>(row * 48);
    for (let j: i32 = 0; j < 48; j++) {
      const x = <i32>load<i16>(A + (<usize>j << 1));
      a += x * <i32>load<i8>(w + j);
      b += x * <i32>load<i8>(w + j, 48);
    }
    store<i16>(D + (<usize>row << 1), max(min(a >> 9, 32767), -32768));
    store<i16>(D + (<usize>row << 1), max(min(b >> 9, 32767), -32768), 2);
  }
  return <i32>load<i16>(D + (<usize>(k % 24) << 1)) + k;
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

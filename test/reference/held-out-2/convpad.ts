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
  let r: i32 = 0;
  for (let y: i32 = 0; y < 8; y++)
    for (let x: i32 = 0; x < 8; x++) {
      let acc: i32 = 0;
      for (let v: i32 = -1; v <= 1; v++) {
        const yy = y + v;
        if (yy < 0 || yy >= 8) continue;
        for (let u: i32 = -1; u <= 1; u++) {
          const xx = x + u;
          if (<u32>xx >= 8) continue;
          acc += <i32>load<u8>(A + <usize>(yy * 8 + xx)) * <i32>load<i16>(B + (<usize>(v * 3 + u + 4) << 1));
        }
      }
      store<i32>(D + (<usize>(y * 8 + x) << 2), acc);
      r ^= acc;
    }
  return r + k;
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

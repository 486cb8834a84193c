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
  for (let i: usize = 0; i < 200; i += 2) {
    let x = <i32>load<i16>(A + i) + k;
    for (let s: usize = 0; s < 3; s++) {
      const c = C + s * 20, z = D + s * 8;
      const z1 = load<i32>(z), z2 = load<i32>(z, 4);
      const y = z1 + <i32>((<i64>x * (load<i32>(c) >> 4)) >> 28);
      store<i32>(z, z2 + <i32>((<i64>x * (load<i32>(c, 4) >> 4) - <i64>y * (load<i32>(c, 8) >> 5)) >> 28));
      store<i32>(z, <i32>((<i64>x * (load<i32>(c, 12) >> 4) - <i64>y * (load<i32>(c, 16) >> 5)) >> 28), 4);
      x = y;
    }
    r = (r ^ x) + 1;
  }
  return r;
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

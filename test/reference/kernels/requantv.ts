const A: usize = 1024; const B: usize = 8192; const C: usize = 16384; const D: usize = 32768; const N: i32 = 256;
function fill(): void { let s: u32 = 4321; for (let i: usize = 0; i < 7000; i++) { s = s * 1664525 + 1013904223; store<u8>(A + i, <u8>(s >> 24)); store<u8>(B + i, <u8>(s >> 16)); store<u8>(C + i, <u8>(s >> 8)); } }
function rq(a: i32, m: i32, sh: i32): i32 { const p = <i64>a * <i64>m; const y = <i32>((p + <i64>((<u64>1 << <u64>sh) >> 1)) >> <i64>sh); return y < -32768 ? -32768 : y > 32767 ? 32767 : y; }
function f(k: i32): i32 { for (let i: usize = 0; i < 800; i += 4) store<i16>(D + (i >> 1), rq(load<i32>(A + i), load<i32>(B + i), (k & 7) + 30)); return load<i16>(D) + k; }
export function run(n: i32): i32 { fill(); let h: i32 = 0; for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k); return h; }

const A: usize = 1024; const B: usize = 8192; const C: usize = 16384; const D: usize = 32768; const N: i32 = 256;
function fill(): void { let s: u32 = 4321; for (let i: usize = 0; i < 7000; i++) { s = s * 1664525 + 1013904223; store<u8>(A + i, <u8>(s >> 24)); store<u8>(B + i, <u8>(s >> 16)); store<u8>(C + i, <u8>(s >> 8)); } }
function f(k: i32): i32 { for (let i: usize = 0; i < 400; i += 2) { let s = <i32>load<i16>(A + i) + <i32>load<i16>(B + i) + k; s = s > 32767 ? 32767 : s < -32768 ? -32768 : s; store<i16>(D + i, s); } return load<i16>(D + 8); }
export function run(n: i32): i32 { fill(); let h: i32 = 0; for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k); return h; }

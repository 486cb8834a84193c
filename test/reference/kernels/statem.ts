const A: usize = 1024; const B: usize = 8192; const C: usize = 16384; const D: usize = 32768; const N: i32 = 256;
function fill(): void { let s: u32 = 4321; for (let i: usize = 0; i < 7000; i++) { s = s * 1664525 + 1013904223; store<u8>(A + i, <u8>(s >> 24)); store<u8>(B + i, <u8>(s >> 16)); store<u8>(C + i, <u8>(s >> 8)); } }
function f(k: i32): i32 { let s = 0, r = 0; for (let i: usize = 0; i < 300; i++) { const c = <i32>load<u8>(A + i) & 7; switch (s) { case 0: r += c; s = c > 3 ? 1 : 0; break; case 1: r ^= c; s = 2; break; case 2: r -= c; s = c & 3; break; case 3: r = r << 1; s = 4; break; default: s = 0; } } return r + k; }
export function run(n: i32): i32 { fill(); let h: i32 = 0; for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k); return h; }

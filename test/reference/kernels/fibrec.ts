const A: usize = 1024; const B: usize = 8192; const C: usize = 16384; const D: usize = 32768; const N: i32 = 256;
function fill(): void { let s: u32 = 4321; for (let i: usize = 0; i < 7000; i++) { s = s * 1664525 + 1013904223; store<u8>(A + i, <u8>(s >> 24)); store<u8>(B + i, <u8>(s >> 16)); store<u8>(C + i, <u8>(s >> 8)); } }
function fb(n: i32): i32 { return n < 2 ? n : fb(n - 1) + fb(n - 2); }
function f(k: i32): i32 { return fb(12) + k; }
export function run(n: i32): i32 { fill(); let h: i32 = 0; for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k); return h; }

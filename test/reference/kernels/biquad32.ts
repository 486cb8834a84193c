const A: usize = 1024; const B: usize = 8192; const C: usize = 16384; const D: usize = 32768; const N: i32 = 256;
function fill(): void { let s: u32 = 4321; for (let i: usize = 0; i < 7000; i++) { s = s * 1664525 + 1013904223; store<u8>(A + i, <u8>(s >> 24)); store<u8>(B + i, <u8>(s >> 16)); store<u8>(C + i, <u8>(s >> 8)); } }
function f(k: i32): i32 { let x1 = k, x2 = 0, y1 = 0, y2 = 0, r = 0; for (let i: usize = 0; i < 512; i += 2) { const x = <i32>load<i16>(A + i); const y = (x * 1638 + x1 * -3000 + x2 * 1638 - y1 * -2900 - y2 * 1300 + 8192) >> 14; x2 = x1; x1 = x; y2 = y1; y1 = y; store<i16>(D + i, y); r += y; } return r; }
export function run(n: i32): i32 { fill(); let h: i32 = 0; for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k); return h; }

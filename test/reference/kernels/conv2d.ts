const A: usize = 1024; const B: usize = 8192; const C: usize = 16384; const D: usize = 32768; const N: i32 = 256;
function fill(): void { let s: u32 = 4321; for (let i: usize = 0; i < 7000; i++) { s = s * 1664525 + 1013904223; store<u8>(A + i, <u8>(s >> 24)); store<u8>(B + i, <u8>(s >> 16)); store<u8>(C + i, <u8>(s >> 8)); } }
function f(k: i32): i32 { for (let y: i32 = 0; y < 10; y++) for (let x: i32 = 0; x < 10; x++) { let a = 0; for (let v: i32 = 0; v < 3; v++) for (let u: i32 = 0; u < 3; u++) a += <i32>load<u8>(A + <usize>((y + v) * 12 + x + u)) * <i32>load<i8>(B + <usize>(v * 3 + u)); store<u8>(D + <usize>(y * 10 + x), a >> 8); } return load<u8>(D + 7) + k; }
export function run(n: i32): i32 { fill(); let h: i32 = 0; for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k); return h; }

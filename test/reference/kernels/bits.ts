const A: usize = 1024; const B: usize = 8192; const C: usize = 16384; const D: usize = 32768; const N: i32 = 256;
function fill(): void { let s: u32 = 4321; for (let i: usize = 0; i < 7000; i++) { s = s * 1664525 + 1013904223; store<u8>(A + i, <u8>(s >> 24)); store<u8>(B + i, <u8>(s >> 16)); store<u8>(C + i, <u8>(s >> 8)); } }
function f(k: i32): i32 { let h: u32 = 2166136261 + k; for (let i: usize = 0; i < 400; i += 4) { let v = load<u32>(A + i); v ^= v >> 13; v *= 0x5bd1e995; v ^= v >> 15; h = rotl(h ^ v, 5) + clz(v) + ((v & 0xff00) >> 8); } return <i32>h; }
export function run(n: i32): i32 { fill(); let h: i32 = 0; for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k); return h; }

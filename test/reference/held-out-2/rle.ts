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
  let out: usize = D;
  let i: usize = 0;
  while (i < 240) {
    const v = load<u8>(A + i) >> 6;
    let run: i32 = 1;
    while (run < 255 && i + <usize>run < 240 && load<u8>(A + i + <usize>run) >> 6 == v) run++;
    store<u8>(out, v);
    store<u8>(out, run, 1);
    out += 2;
    i += <usize>run;
  }
  return <i32>(out - D) + k;
}
export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) h = h * 31 + f(k);
  return h;
}

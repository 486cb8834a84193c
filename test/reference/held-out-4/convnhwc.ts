// 2-D convolution 3 x 3 with stride 2, channels last, int8, offsets of the input taken off, six loops.
const IH: i32 = 11;
const IW: i32 = 9;
const IC: i32 = 3;
const OH: i32 = 5;
const OW: i32 = 4;
const OC: i32 = 6;
const X: usize = 1024;
const W: usize = 2048; // [oc][3][3][ic]
const B: usize = 3072;
const Y: usize = 4096;

function fill(): void {
  let s: u32 = 11;
  for (let i: usize = 0; i < <usize>(IH * IW * IC); i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(X + i, <i8>(s >> 24));
  }
  for (let i: usize = 0; i < <usize>(OC * 9 * IC); i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(W + i, <i8>(s >> 24));
  }
  for (let i: usize = 0; i < <usize>OC; i++) store<i32>(B + (i << 2), <i32>i * 100 - 250);
}

function conv(): void {
  for (let oy: i32 = 0; oy < OH; oy++)
    for (let ox: i32 = 0; ox < OW; ox++)
      for (let oc: i32 = 0; oc < OC; oc++) {
        let acc: i32 = load<i32>(B + ((<usize>oc) << 2));
        for (let ky: i32 = 0; ky < 3; ky++)
          for (let kx: i32 = 0; kx < 3; kx++)
            for (let c: i32 = 0; c < IC; c++) {
              const x: i32 = <i32>load<i8>(X + <usize>(((oy * 2 + ky) * IW + ox * 2 + kx) * IC + c)) + 7;
              acc += x * <i32>load<i8>(W + <usize>(((oc * 3 + ky) * 3 + kx) * IC + c));
            }
        acc >>= 8;
        store<i8>(Y + <usize>((oy * OW + ox) * OC + oc), <i8>(acc < -128 ? -128 : acc > 127 ? 127 : acc));
      }
}

export function run(n: i32): i32 {
  fill();
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    store<i8>(X + <usize>(k & 255), <i8>k);
    conv();
    h = h * 31 + <i32>load<i8>(Y + <usize>(k & 63));
  }
  return h;
}

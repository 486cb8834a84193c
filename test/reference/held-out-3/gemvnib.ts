// Weights of four bits, two in a byte, 16-bit activations, a scale per row.
const packed: usize = 3000;
const acts: usize = 256;
const scales: usize = 1500;
const out: usize = 2000;

function seed(): void {
  let s: u32 = 77;
  for (let i: u32 = 0; i < 32 * 32; i++) {
    s = s * 69069 + 1;
    store<u8>(packed + i, <u8>(s >> 16));
  }
  for (let i: u32 = 0; i < 64; i++) store<i16>(acts + (i << 1), <i16>(i * i * 11) - 9000);
  for (let i: u32 = 0; i < 32; i++) store<u16>(scales + (i << 1), <u16>(900 + i * 31));
}

function gemv(offset: i32): void {
  for (let r: u32 = 0; r < 32; r++) {
    let sum: i32 = offset;
    const row = packed + (r << 5);
    for (let c: u32 = 0; c < 32; c++) {
      const b: u32 = load<u8>(row + c);
      const lo: i32 = <i32>(b & 15) - 8;
      const hi: i32 = <i32>(b >> 4) - 8;
      sum += lo * load<i16>(acts + (c << 2));
      sum += hi * load<i16>(acts + (c << 2), 2);
    }
    store<i32>(out + (r << 2), (sum >> 4) * <i32>load<u16>(scales + (r << 1)));
  }
}

export function run(n: i32): i32 {
  seed();
  let r: i32 = 0;
  while (n-- > 0) {
    gemv(n);
    for (let i: usize = 0; i < 128; i += 4) r += load<i32>(out + i) >> 8;
  }
  return r;
}

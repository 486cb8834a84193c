// A log of motion in few bits: differences of three axes, signs folded in, Exp-Golomb codes of an order that follows the mean, bits put through a word of 64; then read back and compared; 36 samples.
const COUNT = 36;
const AXES = 3;
const samples = changetype<StaticArray<i16>>(memory.data(COUNT * AXES * 2, 4));
const stream = changetype<StaticArray<u8>>(memory.data(512, 4));

// @ts-ignore: decorator
@unmanaged
class Bits {
  word: u64;
  held: i32;
  at: i32;

  put(value: u32, count: i32): void {
    this.word = (this.word << count) | <u64>value;
    this.held += count;
    while (this.held >= 8) {
      this.held -= 8;
      unchecked((stream[this.at++] = <u8>(this.word >> this.held)));
    }
  }

  flush(): void {
    if (this.held) this.put(0, 8 - this.held);
  }

  rewind(): void {
    this.word = 0;
    this.held = 0;
    this.at = 0;
  }

  get(count: i32): u32 {
    while (this.held < count) {
      this.word = (this.word << 8) | <u64>unchecked(stream[this.at++]);
      this.held += 8;
    }
    this.held -= count;
    return <u32>(this.word >> this.held) & ((1 << count) - 1);
  }
}
const bits = changetype<Bits>(memory.data(16, 8));

// @ts-ignore: decorator
@unmanaged
class Order {
  mean: i32;

  get now(): i32 {
    const top = 32 - clz((this.mean >> 4) + 1);
    return top > 2 ? top - 2 : 0;
  }

  learn(code: u32): void {
    this.mean += <i32>code - (this.mean >> 4);
  }
}
const order = changetype<Order>(memory.data(4, 4));

function write(difference: i32): void {
  const code = <u32>((difference << 1) ^ (difference >> 31));
  const k = order.now;
  const v = (code >> k) + 1;
  const length = 31 - clz(v);
  bits.put(0, length);
  bits.put(v, length + 1);
  if (k) bits.put(code & ((1 << k) - 1), k);
  order.learn(code);
}

function read(): i32 {
  const k = order.now;
  let length = 0;
  while (!bits.get(1)) length++;
  const v = (1 << length) | bits.get(length);
  const code = ((v - 1) << k) | bits.get(k);
  order.learn(code);
  return <i32>(code >> 1) ^ -<i32>(code & 1);
}

export function run(n: i32): i32 {
  let h = 0;
  let s: u32 = 65537;
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < COUNT * AXES; i++) {
      s = s * 1664525 + 1013904223;
      const wave = ((i / AXES) * (9 + (k & 7)) * ((i % AXES) + 1)) & 255;
      unchecked((samples[i] = <i16>((wave < 128 ? wave : 255 - wave) * 8 + (<i32>s >> (24 + (k & 3))))));
    }
    bits.rewind();
    order.mean = 64;
    for (let i = 0; i < COUNT * AXES; i++) write(<i32>unchecked(samples[i]) - (i < AXES ? 0 : <i32>unchecked(samples[i - AXES])));
    bits.flush();
    const length = bits.at;
    for (let i = 0; i < length; i++) h = h * 31 + <i32>unchecked(stream[i]);
    bits.rewind();
    order.mean = 64;
    let wrong = 0;
    for (let i = 0; i < COUNT * AXES; i++) {
      const v = read() + (i < AXES ? 0 : <i32>unchecked(samples[i - AXES]));
      if (v != <i32>unchecked(samples[i])) wrong++;
    }
    h = (h ^ (wrong << 24)) + length;
  }
  return h;
}

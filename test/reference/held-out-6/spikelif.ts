// A spiking network: features charge 24 inputs until they fire, 16 neurons that leak, fire and rest, 4 outputs; only the columns of those that fired are added, kept in lists.
const INPUTS = 24;
const HIDDEN = 16;
const OUTPUTS = 4;
const TICKS = 20;
const THRESHOLD = 900;

const feature = changetype<StaticArray<u8>>(memory.data(INPUTS, 4));
const charge = changetype<StaticArray<u16>>(memory.data(INPUTS * 2, 4));
const w1 = changetype<StaticArray<i8>>(memory.data(INPUTS * HIDDEN, 4)); // by input
const w2 = changetype<StaticArray<i8>>(memory.data(HIDDEN * OUTPUTS, 4)); // by neuron
const potential = changetype<StaticArray<i16>>(memory.data(HIDDEN * 2, 4));
const rest = changetype<StaticArray<u8>>(memory.data(HIDDEN, 4));
const membrane = changetype<StaticArray<i32>>(memory.data(OUTPUTS * 4, 4));
const spikes = changetype<StaticArray<u16>>(memory.data(OUTPUTS * 2, 4));
const fired = changetype<StaticArray<u8>>(memory.data(INPUTS, 4));
const firedHidden = changetype<StaticArray<u8>>(memory.data(HIDDEN, 4));

function encode(): i32 {
  let count = 0;
  for (let i = 0; i < INPUTS; i++) {
    const q = <u32>unchecked(charge[i]) + unchecked(feature[i]);
    if (q >= 256) {
      unchecked((fired[count++] = <u8>i));
      unchecked((charge[i] = <u16>(q - 256)));
    } else unchecked((charge[i] = <u16>q));
  }
  return count;
}

function hidden(count: i32): i32 {
  let out = 0;
  for (let e = 0; e < count; e++) {
    const from = <i32>unchecked(fired[e]) * HIDDEN;
    for (let j = 0; j < HIDDEN; j++)
      unchecked((potential[j] = <i16>(<i32>potential[j] + (<i32>w1[from + j] << 3))));
  }
  for (let j = 0; j < HIDDEN; j++) {
    let v = <i32>unchecked(potential[j]);
    if (unchecked(rest[j])) {
      unchecked((rest[j] -= 1));
      v = 0;
    } else if (v > THRESHOLD) {
      unchecked((firedHidden[out++] = <u8>j));
      unchecked((rest[j] = 2));
      v -= THRESHOLD;
    }
    v -= v >> 4;
    unchecked((potential[j] = <i16>max(v, -2 * THRESHOLD)));
  }
  return out;
}

function output(count: i32): void {
  for (let e = 0; e < count; e++) {
    const from = <i32>unchecked(firedHidden[e]) * OUTPUTS;
    for (let o = 0; o < OUTPUTS; o++) unchecked((membrane[o] += <i32>w2[from + o]));
  }
  for (let o = 0; o < OUTPUTS; o++) {
    let v = unchecked(membrane[o]);
    if (v > 120) {
      unchecked((spikes[o] += 1));
      v = 0;
    }
    unchecked((membrane[o] = v - (v >> 3)));
  }
}

export function run(n: i32): i32 {
  let s: u32 = 0x9e3779b9;
  for (let i = 0; i < INPUTS * HIDDEN; i++) {
    s = s * 69069 + 1;
    unchecked((w1[i] = <i8>((<i32>s >> 25) + 14)));
  }
  for (let i = 0; i < HIDDEN * OUTPUTS; i++) {
    s = s * 69069 + 1;
    unchecked((w2[i] = <i8>((<i32>s >> 25) + 16)));
  }
  let h = 0;
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < INPUTS; i++) unchecked((feature[i] = <u8>(i * 41 + k * 17 + ((i * k) >> 1))));
    for (let j = 0; j < HIDDEN; j++) unchecked((potential[j] = 0));
    for (let o = 0; o < OUTPUTS; o++) unchecked((spikes[o] = 0));
    for (let t = 0; t < TICKS; t++) output(hidden(encode()));
    let best = 0;
    for (let o = 1; o < OUTPUTS; o++) if (unchecked(spikes[o]) > unchecked(spikes[best])) best = o;
    h = h * 31 + best;
    for (let o = 0; o < OUTPUTS; o++) h = h * 5 + unchecked(spikes[o]);
  }
  return h;
}

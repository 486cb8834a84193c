// A shallow recurrent network: a small RNN over bricks of eight steps, a second one over the ends of the bricks; int8 weights, tanh from a table of 64 with its sign apart.
const FIRST: i32 = 12;
const SECOND: i32 = 10;
const INPUTS: i32 = 3;
const BRICK: i32 = 8;
const BRICKS: i32 = 4;
const SAMPLES: usize = 1024; // i8[32][3]
const M1: usize = 1280; // i8[12][3 + 12]
const M2: usize = 1536; // i8[10][12 + 10]
const V1: usize = 2048; // i8[15]: input, state
const V2: usize = 2080; // i8[22]
const HOLD: usize = 2112;
const TABLE: usize = 2176; // u8[64]

function fill(): void {
  let s: u32 = 77;
  for (let p: usize = SAMPLES; p < V1; p++) {
    s = s * 69069 + 5;
    store<i8>(p, <i8>((<i32>s) >> 25));
  }
  for (let i: i32 = 0; i < 64; i++) store<u8>(TABLE + <usize>i, <u8>((127 * i * (96 - (i >> 1))) / (64 * 64)));
}

function tanh(v: i32): i32 {
  const sign: i32 = v >> 31;
  let a: i32 = (v ^ sign) - sign;
  a >>= 5;
  if (a > 63) a = 63;
  return (<i32>load<u8>(TABLE + <usize>a) ^ sign) - sign;
}

function cell(matrix: usize, vector: usize, inputs: i32, units: i32): void {
  const columns: i32 = inputs + units;
  for (let u: i32 = 0; u < units; u++) {
    let sum: i32 = (u << 4) - 60;
    let v: usize = vector;
    for (let left: i32 = columns; left > 0; --left) sum += <i32>load<i8>(matrix++) * <i32>load<i8>(v++);
    store<i8>(HOLD + <usize>u, <i8>tanh(sum >> 3));
  }
  memory.copy(vector + <usize>inputs, HOLD, <usize>units);
}

export function run(n: i32): i32 {
  fill();
  let out: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    store<i8>(SAMPLES + <usize>((k * 7) % 96), <i8>(k * 45));
    memory.fill(V2 + <usize>FIRST, 0, <usize>SECOND);
    for (let b: i32 = 0; b < BRICKS; b++) {
      memory.fill(V1 + <usize>INPUTS, 0, <usize>FIRST);
      let p: usize = SAMPLES + <usize>(b * BRICK * INPUTS);
      for (let t: i32 = 0; t < BRICK; t++) {
        store<u8>(V1, load<u8>(p));
        store<u8>(V1, load<u8>(p, 1), 1);
        store<u8>(V1, load<u8>(p, 2), 2);
        p += 3;
        cell(M1, V1, INPUTS, FIRST);
      }
      memory.copy(V2, V1 + <usize>INPUTS, <usize>FIRST);
      cell(M2, V2, FIRST, SECOND);
    }
    for (let i: usize = 0; i < <usize>SECOND; i++) out = out * 3 + <i32>load<i8>(V2 + <usize>FIRST + i);
  }
  return out;
}

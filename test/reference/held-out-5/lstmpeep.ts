// LSTM cell of 16 units with peepholes: weights of 16 bits, gates one matrix after the other, the sigmoid in straight pieces with shifts (PLAN), Q11.
const H = 16;
const N = 5;
const COLS = N + H;

const weights = changetype<StaticArray<i16>>(memory.data(4 * H * COLS * 2, 8));
const biases = changetype<StaticArray<i16>>(memory.data(4 * H * 2, 8));
const peep = changetype<StaticArray<i16>>(memory.data(3 * H * 2, 8));
const input = changetype<StaticArray<i16>>(memory.data(COLS * 2, 8)); // five inputs, then the output before
const gates = changetype<StaticArray<i32>>(memory.data(4 * H * 4, 8));
const cell = changetype<StaticArray<i16>>(memory.data(H * 2, 8));

function setUp(): void {
  let a: i32 = 12345;
  for (let i = 0; i < 4 * H * COLS; i++) {
    a = a * 1103515245 + 12345;
    unchecked((weights[i] = <i16>((a >> 16) >> 5)));
  }
  for (let i = 0; i < 4 * H; i++) unchecked((biases[i] = <i16>((i * 37) % 301) - 150));
  for (let i = 0; i < 3 * H; i++) unchecked((peep[i] = <i16>((i * 91) % 513) - 256));
  for (let i = 0; i < H; i++) unchecked((cell[i] = 0));
  for (let i = 0; i < COLS; i++) unchecked((input[i] = 0));
}

/** Q11 in, Q11 out: of the four pieces of PLAN. */
function plan(x: i32): i32 {
  const a = x < 0 ? -x : x;
  let y: i32;
  if (a >= 10240) y = 2048;
  else if (a >= 4864) y = (a >> 5) + 1728;
  else if (a >= 2048) y = (a >> 3) + 1280;
  else y = (a >> 2) + 1024;
  return x < 0 ? 2048 - y : y;
}

function tanhOf(x: i32): i32 {
  return 2 * plan(2 * x) - 2048;
}

function multiply(gate: i32): void {
  for (let u = 0; u < H; u++) {
    const row = (gate * H + u) * COLS;
    let sum: i32 = (<i32>unchecked(biases[gate * H + u])) << 11;
    for (let j = 0; j < COLS; j++) sum += <i32>unchecked(weights[row + j]) * <i32>unchecked(input[j]);
    unchecked((gates[gate * H + u] = sum >> 11));
  }
}

function step(): void {
  for (let gate = 0; gate < 4; gate++) multiply(gate);
  for (let u = 0; u < H; u++) {
    const c = <i32>unchecked(cell[u]);
    const i = plan(unchecked(gates[u]) + ((c * <i32>unchecked(peep[u])) >> 11));
    const f = plan(unchecked(gates[H + u]) + ((c * <i32>unchecked(peep[H + u])) >> 11));
    const g = tanhOf(unchecked(gates[2 * H + u]));
    const next = (f * c + i * g) >> 11;
    const o = plan(unchecked(gates[3 * H + u]) + ((next * <i32>unchecked(peep[2 * H + u])) >> 11));
    unchecked((cell[u] = <i16>next));
    unchecked((input[N + u] = <i16>((o * tanhOf(next)) >> 11)));
  }
}

export function run(n: i32): i32 {
  setUp();
  let digest: i32 = 0;
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < N; i++) unchecked((input[i] = <i16>((k * 777 + i * 1999) % 4001) - 2000));
    step();
    for (let u = 0; u < H; u++) digest = digest * 5 + <i32>unchecked(input[N + u]);
  }
  return digest;
}

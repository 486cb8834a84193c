// Learning on the device: a net of 6, 8 and 3 units in Q12, forward with a leaking relu, errors back through the old weights, a step with momentum after every one of three samples; weights kept within four.
const IN: i32 = 6;
const MID: i32 = 8;
const OUT: i32 = 3;
const X: usize = 1024; // i32[IN]
const SUM: usize = 1056; // i32[MID]
const HID: usize = 1088; // i32[MID]
const ERR: usize = 1120; // i32[OUT]
const BACK: usize = 1136; // i32[MID]
const W1: usize = 2048; // i32[MID][IN + 1], the last a bias
const W2: usize = 2304; // i32[OUT][MID + 1]
const END: usize = 2412;
const MOMENTUM: usize = 1024; // from a weight to its momentum
const ONE: i32 = 4096;

function clamp(x: i32, limit: i32): i32 {
  if (x > limit) return limit;
  return x < -limit ? -limit : x;
}

function dense(row: usize, input: usize, count: i32): i32 {
  let sum: i32 = load<i32>(row + (count << 2));
  for (let j: i32 = 0; j < count; j++) sum += (load<i32>(row + (j << 2)) * load<i32>(input + (j << 2))) >> 12;
  return sum;
}

function forward(): void {
  for (let i: i32 = 0; i < MID; i++) {
    const a: i32 = dense(W1 + i * ((IN + 1) << 2), X, IN);
    store<i32>(SUM + (i << 2), a);
    store<i32>(HID + (i << 2), clamp(a > 0 ? a : a >> 3, 4 * ONE));
  }
}

function nudge(weight: usize, gradient: i32): void {
  const v: i32 = ((load<i32>(weight + MOMENTUM) * 7) >> 3) + gradient;
  store<i32>(weight + MOMENTUM, v);
  store<i32>(weight, clamp(load<i32>(weight) - (v >> 4), 4 * ONE));
}

function backward(): void {
  for (let i: i32 = 0; i < MID; i++) {
    let sum: i32 = 0;
    for (let o: i32 = 0; o < OUT; o++) sum += load<i32>(W2 + ((o * (MID + 1) + i) << 2)) * load<i32>(ERR + (o << 2));
    sum >>= 12;
    store<i32>(BACK + (i << 2), load<i32>(SUM + (i << 2)) > 0 ? sum : sum >> 3);
  }
  for (let o: i32 = 0; o < OUT; o++) {
    const e: i32 = load<i32>(ERR + (o << 2));
    const row: usize = W2 + o * ((MID + 1) << 2);
    for (let i: i32 = 0; i < MID; i++) nudge(row + (i << 2), (e * load<i32>(HID + (i << 2))) >> 12);
    nudge(row + (MID << 2), e);
  }
  for (let i: i32 = 0; i < MID; i++) {
    const e: i32 = load<i32>(BACK + (i << 2));
    const row: usize = W1 + i * ((IN + 1) << 2);
    if (e == 0) continue;
    for (let j: i32 = 0; j < IN; j++) nudge(row + (j << 2), (e * load<i32>(X + (j << 2))) >> 12);
    nudge(row + (IN << 2), e);
  }
}

function train(label: i32): i32 {
  forward();
  let loss: i32 = 0;
  for (let o: i32 = 0; o < OUT; o++) {
    const y: i32 = dense(W2 + o * ((MID + 1) << 2), HID, MID);
    const e: i32 = clamp(y - (o == label ? ONE : 0), 2 * ONE);
    store<i32>(ERR + (o << 2), e);
    loss += (e * e) >> 12;
  }
  backward();
  return loss;
}

export function run(n: i32): i32 {
  let s: u32 = 29;
  for (let p: usize = W1; p < END; p += 4) {
    s = s * 1664525 + 1013904223;
    store<i32>(p, <i32>s >> 20);
    store<i32>(p + MOMENTUM, 0);
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let label: i32 = 0; label < OUT; label++) {
      for (let j: i32 = 0; j < IN; j++) {
        s = s * 1664525 + 1013904223;
        store<i32>(X + (j << 2), (j % OUT == label ? 3000 : -600) + (<i32>s >> 21));
      }
      h = h * 31 + train(label);
    }
    for (let p: usize = W1; p < END; p += 20) h = h * 17 + load<i32>(p);
  }
  return h;
}

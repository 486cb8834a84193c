// How a wrist is held, by a step downhill (Madgwick): a quaternion in Q14 turns with the gyroscope and is pulled to where gravity says by the gradient of what is left between both; gravity, gradient and quaternion are brought to length one (a root by bits, quotients); six samples an iteration, then the angles' sines.
const ONE: i32 = 1 << 14;
const PULL: i32 = 420;

let q0: i32 = 0;
let q1: i32 = 0;
let q2: i32 = 0;
let q3: i32 = 0;

@inline function times(a: i32, b: i32): i32 {
  return (a * b) >> 14;
}

function root(v: u32): i32 {
  let r: u32 = 0;
  for (let bit: u32 = 1 << 15; bit; bit >>= 1) {
    const t: u32 = r | bit;
    if (t * t <= v) r = t;
  }
  return <i32>r;
}

function sample(gx: i32, gy: i32, gz: i32, ax: i32, ay: i32, az: i32): void {
  let d0: i32 = (-q1 * gx - q2 * gy - q3 * gz) >> 15;
  let d1: i32 = (q0 * gx + q2 * gz - q3 * gy) >> 15;
  let d2: i32 = (q0 * gy - q1 * gz + q3 * gx) >> 15;
  let d3: i32 = (q0 * gz + q1 * gy - q2 * gx) >> 15;
  const strength: i32 = root(ax * ax + ay * ay + az * az);
  // no gravity in free fall, too much of it in a blow
  if (strength > 1000 && strength < 9000) {
    ax = (ax << 14) / strength;
    ay = (ay << 14) / strength;
    az = (az << 14) / strength;
    const f1: i32 = 2 * (times(q1, q3) - times(q0, q2)) - ax;
    const f2: i32 = 2 * (times(q0, q1) + times(q2, q3)) - ay;
    const f3: i32 = ONE - 2 * (times(q1, q1) + times(q2, q2)) - az;
    const s0: i32 = (times(q1, f2) - times(q2, f1)) >> 1;
    const s1: i32 = (times(q3, f1) + times(q0, f2) - 2 * times(q1, f3)) >> 1;
    const s2: i32 = (times(q3, f2) - times(q0, f1) - 2 * times(q2, f3)) >> 1;
    const s3: i32 = (times(q1, f1) + times(q2, f2)) >> 1;
    const steep: i32 = root(<u32>(s0 * s0) + <u32>(s1 * s1) + <u32>(s2 * s2) + <u32>(s3 * s3));
    if (steep) {
      d0 -= (PULL * s0) / steep;
      d1 -= (PULL * s1) / steep;
      d2 -= (PULL * s2) / steep;
      d3 -= (PULL * s3) / steep;
    }
  }
  q0 += d0;
  q1 += d1;
  q2 += d2;
  q3 += d3;
  const length: i32 = root(q0 * q0 + q1 * q1 + q2 * q2 + q3 * q3);
  q0 = (q0 << 14) / length;
  q1 = (q1 << 14) / length;
  q2 = (q2 << 14) / length;
  q3 = (q3 << 14) / length;
}

export function run(n: i32): i32 {
  let s: u32 = 2010;
  let x: i32 = 0;
  let y: i32 = 0;
  let turn: i32 = 0;
  q0 = ONE;
  q1 = q2 = q3 = 0;
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    s = s * 1664525 + 1013904223;
    turn = (turn >> 1) + (<i32>s >> 22);
    for (let t: i32 = 0; t < 6; t++) {
      s = s * 1664525 + 1013904223;
      x = ((x * 31) >> 5) + (<i32>s >> 23);
      y = ((y * 31) >> 5) + (<i32>(s << 9) >> 23);
      const blow: i32 = s & 0x7c00 ? 0 : 8000;
      sample(turn + (x >> 4), (y >> 3) - turn, <i32>(s << 4) >> 24, x, y + blow, 4096 - (abs(x) >> 1));
    }
    const pitch: i32 = 2 * (times(q0, q2) - times(q3, q1));
    const roll: i32 = 2 * (times(q0, q1) + times(q2, q3));
    h = h * 31 + pitch;
    h = h * 31 + roll + q3;
  }
  return h;
}

// A Kalman filter of angle and bias for each axis, Q16 in 32 bits, products in 64.
@unmanaged
class Axis {
  angle: i32;
  bias: i32;
  p00: i32;
  p01: i32;
  p10: i32;
  p11: i32;
}

function mul(a: i32, b: i32): i32 {
  return <i32>((<i64>a * <i64>b + 0x8000) >> 16);
}

function div(a: i32, b: i32): i32 {
  return <i32>((<i64>a << 16) / <i64>b);
}

const DT: i32 = 655; // 0.01
const Q_ANGLE: i32 = 66;
const Q_BIAS: i32 = 197;
const R: i32 = 1966;

function update(s: Axis, rate: i32, measured: i32): void {
  s.angle += mul(DT, rate - s.bias);
  s.p00 += mul(DT, mul(DT, s.p11) - s.p01 - s.p10 + Q_ANGLE);
  s.p01 -= mul(DT, s.p11);
  s.p10 -= mul(DT, s.p11);
  s.p11 += mul(Q_BIAS, DT);
  const innovation = measured - s.angle;
  const spread = s.p00 + R;
  const k0 = div(s.p00, spread);
  const k1 = div(s.p10, spread);
  s.angle += mul(k0, innovation);
  s.bias += mul(k1, innovation);
  const p00 = s.p00, p01 = s.p01;
  s.p00 -= mul(k0, p00);
  s.p01 -= mul(k0, p01);
  s.p10 -= mul(k1, p00);
  s.p11 -= mul(k1, p01);
}

const x = changetype<Axis>(1024);
const y = changetype<Axis>(1048);

export function run(n: i32): i32 {
  let t = 0;
  x.p00 = x.p11 = y.p00 = y.p11 = 65536;
  for (let k = 0; k < n; k++)
    for (let i = 0; i < 10; i++) {
      t += 311;
      const wave = (t & 0x8000 ? ~t : t) & 0x7fff;
      update(x, wave << 2, wave << 3);
      update(y, (t & 1023) << 5, 20000 - (wave << 1));
    }
  return x.angle ^ (y.bias << 4) ^ x.p00;
}

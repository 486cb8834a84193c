// A state space of diagonal matrices, streamed: six channels with eight states each; the step of every sample is chosen by its own channel (a straight piece of softplus), states decay by 1 - step * a and take in step * b * x; the output mixes the states, adds a share of the input and is gated by a neighbour; Q15 with rounding; twelve samples.
const CHANNELS: i32 = 6;
const ORDER: i32 = 8;
const SAMPLES: i32 = 12;
const OUT: usize = 1024; // i16[SAMPLES][CHANNELS]
const H: usize = 1280; // i32[CHANNELS][ORDER]
const A: usize = 1536; // i16[CHANNELS][ORDER]
const B: usize = 1664; // i16[ORDER]
const C: usize = 1680; // i16[ORDER]
const SKIP: usize = 1696; // i16[CHANNELS]
const IN: usize = 1792; // i16[CHANNELS]

// @ts-ignore: decorator
@inline
function q15(a: i32, b: i32): i32 {
  return (a * b + 16384) >> 15;
}

/** About log(1 + e^x) for x in Q12, at most 2.0 in Q14. */
function softplus(x: i32): i32 {
  if (x < -8192) return 64;
  if (x < 0) return 64 + ((x + 8192) >> 2) * 3;
  return min(6208 + x * 3, 32767);
}

function scan(channel: i32, x: i32): i32 {
  const step: i32 = softplus(x);
  const drive: i32 = q15(step, x);
  let h: usize = H + channel * (ORDER << 2);
  let a: usize = A + channel * (ORDER << 1);
  let y: i32 = 0;
  for (let i: i32 = 0; i < ORDER << 1; i += 2) {
    const keep: i32 = 32767 - q15(step, <i32>load<i16>(a + i));
    let v: i32 = q15(keep, load<i32>(h)) + q15(drive, <i32>load<i16>(B + i));
    v = max(min(v, 32767), -32768);
    store<i32>(h, v);
    y += q15(v, <i32>load<i16>(C + i));
    h += 4;
  }
  return y + q15(<i32>load<i16>(SKIP + (channel << 1)), x);
}

export function run(n: i32): i32 {
  let s: u32 = 8080;
  for (let i: i32 = 0; i < CHANNELS * ORDER; i++) {
    s = s * 1664525 + 1013904223;
    store<i16>(A + (i << 1), <i16>(4096 + (i % ORDER) * 3000 + <i32>(s >> 22)));
  }
  for (let i: i32 = 0; i < 2 * ORDER; i++) {
    s = s * 1664525 + 1013904223;
    store<i16>(B + (i << 1), <i16>(<i32>s >> 16));
  }
  for (let i: i32 = 0; i < CHANNELS; i++) store<i16>(SKIP + (i << 1), <i16>(6000 * i - 12000));
  memory.fill(H, 0, CHANNELS * ORDER * 4);
  memory.fill(IN, 0, 64);
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let t: i32 = 0; t < SAMPLES; t++) {
      const out: usize = OUT + t * (CHANNELS << 1);
      for (let c: i32 = 0; c < CHANNELS; c++) {
        s = s * 1664525 + 1013904223;
        const before: i32 = <i32>load<i16>(IN + (c << 1));
        store<i16>(IN + (c << 1), <i16>((before >> 1) + (<i32>s >> 18)));
        store<i16>(out + (c << 1), <i16>min(max(scan(c, <i32>load<i16>(IN + (c << 1))), -32768), 32767));
      }
      // gate by the channel before, around the end
      let last: i32 = <i32>load<i16>(out, (CHANNELS - 1) << 1);
      for (let c: i32 = 0; c < CHANNELS; c++) {
        const own: i32 = <i32>load<i16>(out + (c << 1));
        if (last < 0) store<i16>(out + (c << 1), <i16>(own >> 2));
        last = own;
      }
    }
    for (let i: i32 = 0; i < SAMPLES * CHANNELS; i++) h = h * 31 + <i32>load<i16>(OUT + (i << 1));
  }
  return h;
}

// A streaming depthwise convolution: each channel has a ring of seven samples, one new frame at a time, indices checked; then a pointwise layer with a saturating Q15 rounding.
const rings: StaticArray<i16> = [
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
];
const taps: StaticArray<i16> = [
  -5894, -5740, 3347, -11469, -716, -11280, 5504, 1014, 6781, -2520, 1990, -1429, -3691, 726, -6286, -1773,
  3482, 287, -2051, 10947, 290, -2934, 797, -2614, -1925, -1751, 10126, 112, 877, 3371, 10084, -1118, -3119,
  12373, -7298, -1835, 3334, 11418, -4749, -12138, 3308, -2608, -1937, 2306, 1118, 1455, -2155, 6446, 7524,
  159, -2259, 3666, 2388, -5202, -2301, 5245, -481, -1644, 1062, -167, -12, -9652, 8746, 997, -4383, 4897,
  1544, 88, 5240, 11304,
];
const point: StaticArray<i16> = [
  4982, 14265, 19415, -9187, -4708, 6986, -15371, -2405, 11635, 9388, 5215, -17057, 21158, 4957, 6903, 4453,
  -15445, -12913, -10949, 17263, -7478, -2180, -2292, 5137, 4505, 2410, -11354, -28249, 1498, 2411, 11075,
  -927, -5500, 3693, -13989, -9373, -9056, 2590, 18820, 6870, 10277, 2143, 2511, -4044, -2530, -21868,
  -10822, -11583, 7533, 5967, 10276, 14004, -2747, 9499, 17600, -77, 9782, -1485, -14513, 1081,
];
const middle: StaticArray<i16> = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const out: StaticArray<i16> = [0, 0, 0, 0, 0, 0];

@unmanaged
class Stage {
  position: i32;

  reset(): void {
    this.position = 0;
    for (let i = 0; i < rings.length; i++) rings[i] = 0;
  }

  push(channel: i32, value: i16): void {
    rings[(channel << 3) | this.position] = value;
  }

  depthwise(): void {
    for (let c = 0; c < 10; c++) {
      let sum: i32 = 1 << 14;
      for (let t = 0; t < 7; t++)
        sum += (<i32>taps[c * 7 + t] * <i32>rings[(c << 3) | ((this.position - t) & 7)]) >> 3;
      middle[c] = saturate(sum >> 12);
    }
    this.position = (this.position + 1) & 7;
  }

  pointwise(): void {
    for (let o = 0; o < 6; o++) {
      let sum: i64 = 1 << 14;
      for (let c = 0; c < 10; c++) sum += <i64>(<i32>point[c * 6 + o] * <i32>middle[c]);
      out[o] = saturate(<i32>(sum >> 15));
    }
  }
}

function saturate(v: i32): i16 {
  if (v != <i32>(<i16>v)) return v < 0 ? i16.MIN_VALUE : i16.MAX_VALUE;
  return <i16>v;
}

const stage = changetype<Stage>(1024);

export function run(n: i32): i32 {
  stage.reset();
  let h: i32 = 0;
  for (let k = 0; k < n; k++) {
    for (let frame = 0; frame < 4; frame++) {
      for (let c = 0; c < 10; c++) stage.push(c, <i16>((k * 4 + frame) * 2503 + c * 6007));
      stage.depthwise();
      stage.pointwise();
      for (let o = 0; o < 6; o++) h = (h << 1) ^ <i32>out[o];
    }
  }
  return h;
}

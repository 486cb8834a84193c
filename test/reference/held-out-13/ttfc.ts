// A dense layer of 27 by 48 as a train of three tensors: inputs as 4 by 3 by 4, outputs as 3 by 3 by 3, ranks of two between; each tensor (int8) takes one side of the input with it, sums shifted to 16 bits after each; outputs and noise make the next inputs.
const R: i32 = 2;

const x: usize = 1024; // i16[4][3][4]
const first: usize = 1280; // i8[4][3][R]
const second: usize = 1304; // i8[R][3][3][R]
const third: usize = 1340; // i8[R][4][3]
const one: usize = 1600; // i16[3][R][3][4]
const two: usize = 2048; // i16[3][3][R][4]
const y: usize = 2560; // i32[3][3][3]

@inline function at16(p: usize, i: i32): i32 {
  return load<i16>(p + (i << 1));
}

@inline function at8(p: usize, i: i32): i32 {
  return load<i8>(p + i);
}

function takeFirst(): void {
  for (let m: i32 = 0; m < 3; m++)
    for (let r: i32 = 0; r < R; r++)
      for (let rest: i32 = 0; rest < 12; rest++) {
        let sum: i32 = 0;
        for (let j: i32 = 0; j < 4; j++) sum += at8(first, (j * 3 + m) * R + r) * at16(x, j * 12 + rest);
        store<i16>(one + (((m * R + r) * 12 + rest) << 1), <i16>(sum >> 6));
      }
}

function takeSecond(): void {
  for (let m: i32 = 0; m < 3; m++)
    for (let o: i32 = 0; o < 3; o++)
      for (let r: i32 = 0; r < R; r++)
        for (let j: i32 = 0; j < 4; j++) {
          let sum: i32 = 32;
          for (let q: i32 = 0; q < R; q++)
            for (let i: i32 = 0; i < 3; i++)
              sum += at8(second, ((q * 3 + i) * 3 + o) * R + r) * at16(one, ((m * R + q) * 3 + i) * 4 + j);
          store<i16>(two + ((((m * 3 + o) * R + r) * 4 + j) << 1), <i16>(sum >> 6));
        }
}

function takeThird(): void {
  let out: usize = y;
  for (let mo: i32 = 0; mo < 9; mo++)
    for (let l: i32 = 0; l < 3; l++) {
      let sum: i32 = 0;
      for (let rj: i32 = 0; rj < R * 4; rj++) sum += at8(third, rj * 3 + l) * at16(two, mo * R * 4 + rj);
      store<i32>(out, sum);
      out += 4;
    }
}

export function run(n: i32): i32 {
  let s: u32 = 343;
  for (let i: usize = first; i < third + 24; i++) {
    s = s * 1103515245 + 12345;
    store<i8>(i, <i8>((<i32>s) >> 25));
  }
  for (let i: i32 = 0; i < 48; i++) {
    s = s * 1103515245 + 12345;
    store<i16>(x + (i << 1), <i16>((<i32>s) >> 23));
  }
  let h: i32 = 0;
  do {
    takeFirst();
    takeSecond();
    takeThird();
    for (let i: i32 = 0; i < 48; i++) {
      s = s * 1103515245 + 12345;
      const v: i32 = load<i32>(y + ((i % 27) << 2));
      h = h * 31 + v;
      store<i16>(x + (i << 1), <i16>(min(max(v >> 6, -400), 400) + ((<i32>s) >> 25)));
    }
  } while (--n > 0);
  return h;
}

// A graph of nine sensors on the body and their joints: Chebyshev's polynomials of its Laplacian (neighbours in lists, weights in Q8) times six features each, three orders with matrices of their own to five outputs (int8), relu; afterwards the greatest over all sensors by output.
const NODES: i32 = 9;
const F: i32 = 6;
const OUTS: i32 = 5;
const ORDERS: i32 = 3;
const T: usize = 1024; // i16[ORDERS][NODES][F]
const OUT: usize = 1408; // i16[NODES][OUTS]
const THETA: usize = 1536; // i8[ORDERS][OUTS][F]
const VALUES: usize = 1664; // i16 by edge

// the joints between: neighbours of each node, one after the other
const START: StaticArray<u8> = [0, 4, 6, 8, 10, 11, 12, 15, 17, 18];
const NEIGHBOUR: StaticArray<u8> = [1, 2, 3, 6, 0, 4, 0, 5, 0, 6, 1, 2, 0, 3, 7, 6, 8, 7];

function laplace(from: usize, to: usize, before: usize): void {
  for (let v: i32 = 0; v < NODES; v++) {
    const end: i32 = START[v + 1];
    for (let f: i32 = 0; f < F; f++) {
      let sum: i32 = -(<i32>load<i16>(from + ((v * F + f) << 1)) << 4);
      for (let e: i32 = START[v]; e < end; e++) {
        sum += <i32>load<i16>(VALUES + (e << 1)) * <i32>load<i16>(from + ((<i32>NEIGHBOUR[e] * F + f) << 1));
      }
      let next: i32 = sum >> 8;
      if (before != 0) next = 2 * next - <i32>load<i16>(before + ((v * F + f) << 1));
      store<i16>(to + ((v * F + f) << 1), <i16>min(max(next, -4096), 4095));
    }
  }
}

function combine(): void {
  for (let v: i32 = 0; v < NODES; v++) {
    for (let o: i32 = 0; o < OUTS; o++) {
      let sum: i32 = 64;
      for (let k: i32 = 0; k < ORDERS; k++) {
        const theta: usize = THETA + (k * OUTS + o) * F;
        const t: usize = T + ((k * NODES + v) * F << 1);
        for (let f: i32 = 0; f < F; f++) sum += <i32>load<i8>(theta + f) * <i32>load<i16>(t + (f << 1));
      }
      store<i16>(OUT + ((v * OUTS + o) << 1), <i16>min(max(sum >> 7, 0), 16383));
    }
  }
}

export function run(n: i32): i32 {
  let s: u32 = 1736;
  for (let i: i32 = 0; i < ORDERS * OUTS * F; i++) {
    s = s * 1664525 + 1013904223;
    store<i8>(THETA + i, <i8>(<i32>s >> 25));
  }
  for (let e: i32 = 0; e < 18; e++) {
    s = s * 1664525 + 1013904223;
    store<i16>(VALUES + (e << 1), <i16>(-40 - <i32>(s >> 26)));
  }
  const step: usize = NODES * F * 2;
  let carry: i32 = 0;
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < NODES * F; i++) {
      s = s * 1664525 + 1013904223;
      store<i16>(T + (i << 1), <i16>((<i32>s >> 21) + (i % F == 0 ? carry : 0)));
    }
    laplace(T, T + step, 0);
    laplace(T + step, T + 2 * step, T);
    combine();
    for (let o: i32 = 0; o < OUTS; o++) {
      let top: i32 = 0;
      let where: i32 = 0;
      for (let v: i32 = 0; v < NODES; v++) {
        const x: i32 = <i32>load<i16>(OUT + ((v * OUTS + o) << 1));
        h = h * 31 + x;
        if (x > top) {
          top = x;
          where = v;
        }
      }
      carry = (top >> 2) - where;
      h ^= where << 24;
    }
  }
  return h;
}

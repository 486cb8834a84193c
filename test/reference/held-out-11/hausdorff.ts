// How far two outlines lie apart, by Hausdorff: of the points of each the distance to the nearest of the other, of those the greatest, and the one that a quarter exceed; a point stops looking once it has one nearer than the greatest so far (then only its bound counts); 26 and 22 points of two coordinates.
const A: usize = 1024; // { i16 x, y }[26]
const B: usize = 1152; // { i16 x, y }[22]
const NEAREST: usize = 1280; // i32[26]
const COUNT_A: i32 = 26;
const COUNT_B: i32 = 22;

function squared(p: usize, q: usize): i32 {
  const dx: i32 = <i32>load<i16>(p) - <i32>load<i16>(q);
  const dy: i32 = <i32>load<i16>(p, 2) - <i32>load<i16>(q, 2);
  return dx * dx + dy * dy;
}

/** The greatest of the least distances, points that cannot raise it given up early. */
function directed(from: usize, count: i32, to: usize, others: i32, greatest: i32): i32 {
  const end: usize = to + (others << 2);
  for (let i: i32 = 0; i < count; i++) {
    let least: i32 = i32.MAX_VALUE;
    let q: usize = to;
    do {
      const d: i32 = squared(from, q);
      if (d < least) {
        if (d <= greatest) break;
        least = d;
      }
      q += 4;
    } while (q < end);
    if (q == end) greatest = least;
    from += 4;
  }
  return greatest;
}

/** The distance that a quarter of the points exceed: all are worked out, put in order as they come. */
function partial(from: usize, count: i32, to: usize, others: i32): i32 {
  for (let i: i32 = 0; i < count; i++) {
    let least: i32 = i32.MAX_VALUE;
    for (let j: i32 = 0; j < others; j++) least = min(least, squared(from, to + (j << 2)));
    let place: i32 = i;
    while (place > 0 && load<i32>(NEAREST + (place << 2) - 4) > least) {
      store<i32>(NEAREST + (place << 2), load<i32>(NEAREST + (place << 2) - 4));
      place--;
    }
    store<i32>(NEAREST + (place << 2), least);
    from += 4;
  }
  return load<i32>(NEAREST + (((count * 3) >> 2) << 2));
}

let s: u32 = 0;

function outline(to: usize, count: i32): void {
  let x: i32 = 0;
  let y: i32 = 0;
  for (let i: i32 = 0; i < count; i++) {
    s = s * 1664525 + 1013904223;
    x += ((<i32>s) >> 22) + 200;
    y += ((<i32>(s << 10)) >> 22) + (i < count / 2 ? 150 : -150);
    store<i16>(to + (i << 2), <i16>x);
    store<i16>(to + (i << 2) + 2, <i16>y);
  }
}

export function run(n: i32): i32 {
  s = 1914;
  outline(A, COUNT_A);
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    outline(B, COUNT_B);
    const there: i32 = directed(A, COUNT_A, B, COUNT_B, -1);
    const both: i32 = directed(B, COUNT_B, A, COUNT_A, there);
    h = h * 31 + there;
    h = h * 31 + both;
    h = h * 31 + partial(B, COUNT_B, A, COUNT_A);
    // one outline takes over some points of the other
    for (let i: i32 = k & 3; i < COUNT_B; i += 4) store<u32>(A + (i << 2), load<u32>(B + (i << 2)));
  }
  return h;
}

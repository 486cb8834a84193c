// Two gestures with time stamps by the time warp edit distance: taking a sample out costs its way from the one before, its time and a fixed price; matching costs both samples, both before and both times; two axes of 16 bits, 18 by 14 samples, two rows of the table.
const N: i32 = 18;
const M: i32 = 14;
const NU: i32 = 3;
const LAMBDA: i32 = 200;
const FAR: i32 = 0x3fffffff;

@unmanaged
class Sample {
  x: i16;
  y: i16;
  time: i32;
}

const A: usize = 1024; // Sample[19], the first is zero
const B: usize = 1280; // Sample[15]
const ROWS: usize = 1536; // i32[2][15]

// @ts-ignore
@inline
function at(list: usize, i: i32): Sample {
  return changetype<Sample>(list + i * offsetof<Sample>());
}

function way(p: Sample, q: Sample): i32 {
  return abs(<i32>p.x - <i32>q.x) + abs(<i32>p.y - <i32>q.y);
}

function distance(): i32 {
  let before: usize = ROWS;
  let now: usize = ROWS + ((M + 1) << 2);
  store<i32>(before, 0);
  for (let j: i32 = 1; j <= M; j++) store<i32>(before + (j << 2), FAR);
  for (let i: i32 = 1; i <= N; i++) {
    const a: Sample = at(A, i);
    const older: Sample = at(A, i - 1);
    const out: i32 = way(a, older) + NU * (a.time - older.time) + LAMBDA;
    store<i32>(now, FAR);
    for (let j: i32 = 1; j <= M; j++) {
      const b: Sample = at(B, j);
      const elder: Sample = at(B, j - 1);
      let least: i32 = load<i32>(before + (j << 2)) + out;
      const other: i32 = load<i32>(now + (j << 2) - 4) + way(b, elder) + NU * (b.time - elder.time) + LAMBDA;
      if (other < least) least = other;
      const both: i32 =
        load<i32>(before + (j << 2) - 4) + way(a, b) + way(older, elder) + NU * (abs(a.time - b.time) + abs(older.time - elder.time));
      if (both < least) least = both;
      store<i32>(now + (j << 2), least);
    }
    const swap: usize = before;
    before = now;
    now = swap;
  }
  return load<i32>(before + (M << 2));
}

let seed: u32 = 0;

function next(bits: i32): i32 {
  seed = seed * 1664525 + 1013904223;
  return <i32>(seed >> (32 - bits));
}

function draw(list: usize, count: i32): void {
  const zero: Sample = at(list, 0);
  zero.x = 0;
  zero.y = 0;
  zero.time = 0;
  for (let i: i32 = 1; i <= count; i++) {
    const p: Sample = at(list, i);
    const o: Sample = at(list, i - 1);
    p.x = <i16>((<i32>o.x * 7) / 8 + next(9) - 256);
    p.y = <i16>((<i32>o.y * 7) / 8 + next(9) - 256);
    p.time = o.time + 8 + next(5);
  }
}

export function run(n: i32): i32 {
  seed = 1605;
  draw(A, N);
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    draw(B, M);
    const d: i32 = distance();
    h = h * 31 + d;
    // the enrolled gesture moves a little to the new one
    for (let i: i32 = 1; i <= M; i++) {
      const a: Sample = at(A, i);
      const b: Sample = at(B, i);
      a.x += <i16>((<i32>b.x - <i32>a.x) >> 3);
      a.y += <i16>((<i32>b.y - <i32>a.y) >> 3);
      h = h * 31 + <i32>a.x * 3 + <i32>a.y;
    }
  }
  return h;
}

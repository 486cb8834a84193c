// Distance of Frechet between two strokes of 22 and 26 points: one row of the table, the least of three ways, then the greater of that and the distance.
@unmanaged
class Point {
  x: i32;
  y: i32;
}

const M = 22;
const N = 26;
const strokes = memory.data((M + N) * 8, 8);
const row = changetype<StaticArray<i32>>(memory.data(N * 4, 4));

function first(i: i32): Point {
  return changetype<Point>(strokes + <usize>i * offsetof<Point>());
}

function second(j: i32): Point {
  return changetype<Point>(strokes + <usize>(M + j) * offsetof<Point>());
}

function distance(a: Point, b: Point): i32 {
  const dx = a.x - b.x;
  const dy = a.y - b.y;
  return dx * dx + dy * dy;
}

function compare(): i32 {
  unchecked((row[0] = distance(first(0), second(0))));
  for (let j = 1; j < N; j++) unchecked((row[j] = max(unchecked(row[j - 1]), distance(first(0), second(j)))));
  for (let i = 1; i < M; i++) {
    const p = first(i);
    let corner = unchecked(row[0]);
    unchecked((row[0] = max(corner, distance(p, second(0)))));
    for (let j = 1; j < N; j++) {
      const above = unchecked(row[j]);
      const way = min(min(above, corner), unchecked(row[j - 1]));
      corner = above;
      unchecked((row[j] = max(way, distance(p, second(j)))));
    }
  }
  return unchecked(row[N - 1]);
}

export function run(n: i32): i32 {
  for (let i = 0; i < M; i++) {
    first(i).x = i * 40;
    first(i).y = ((i * i) & 127) * 5;
  }
  for (let j = 0; j < N; j++) {
    second(j).x = j * 34 + ((j * 7) & 15);
    second(j).y = ((j * j) & 127) * 4 + 20;
  }
  let h: i32 = 0;
  for (let k = 0; k < n; k++) {
    second((k * 5) % N).y += 17;
    h = h * 3 + compare();
  }
  return h;
}

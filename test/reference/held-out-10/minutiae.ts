// Two fingers by their marks (place, angle of 8 bits, kind): each mark of the new one is described by its three nearest, distance and turned angles, and compared with what is enrolled; pairs of marks that fit vote for the turn between both fingers, the fullest of sixteen bins wins; 12 marks each.
const MARKS: i32 = 12;
const NEAR: i32 = 3;

@unmanaged
class Near {
  far: i32;
  turn: u8;
  kind: u8;
}

@unmanaged
class Mark {
  x: i32;
  y: i32;
  angle: u8;
  kind: u8;
  a: Near;
  b: Near;
  c: Near;
}

const ENROLLED: usize = 1024; // Mark[12]
const PROBE: usize = 1536;
const PLACES: usize = 2048; // Near[2][12][3]

// @ts-ignore
@inline
function mark(finger: usize, i: i32): Mark {
  return changetype<Mark>(finger + i * offsetof<Mark>());
}

function empty(finger: usize, near: usize): void {
  for (let i: i32 = 0; i < MARKS; i++) {
    const m = mark(finger, i);
    m.a = changetype<Near>(near);
    m.b = changetype<Near>(near + offsetof<Near>());
    m.c = changetype<Near>(near + 2 * offsetof<Near>());
    near += NEAR * offsetof<Near>();
  }
}

const votes: StaticArray<i32> = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
let seed: u32 = 0;

function next(): u32 {
  seed = seed * 1664525 + 1013904223;
  return seed >> 12;
}

/** Of two sides of a triangle with a right angle, the third one within a few in a hundred. */
function third(a: i32, b: i32): i32 {
  a = abs(a);
  b = abs(b);
  return a > b ? a + ((b * 3) >> 3) : b + ((a * 3) >> 3);
}

function describe(f: usize): void {
  for (let i: i32 = 0; i < MARKS; i++) {
    const m = mark(f, i);
    m.a.far = m.b.far = m.c.far = 0x7fff;
    for (let j: i32 = 0; j < MARKS; j++) {
      if (i == j) continue;
      const o = mark(f, j);
      const far: i32 = third(o.x - m.x, o.y - m.y);
      if (far >= m.c.far) continue;
      // what fell out is used again
      let free = m.c;
      if (far < m.b.far) {
        m.c = m.b;
        if (far < m.a.far) {
          m.b = m.a;
          m.a = free;
        } else m.b = free;
      }
      free.far = far;
      free.turn = o.angle - m.angle;
      free.kind = o.kind;
    }
  }
}

function unlike(p: Near, q: Near): i32 {
  const turn: i32 = abs(<i32><i8>(p.turn - q.turn));
  return abs(p.far - q.far) + (turn >> 1) + (p.kind == q.kind ? 0 : 6);
}

function match(): i32 {
  for (let v: i32 = 0; v < 16; v++) votes[v] = 0;
  let fits: i32 = 0;
  for (let i: i32 = 0; i < MARKS; i++) {
    const p = mark(PROBE, i);
    for (let j: i32 = 0; j < MARKS; j++) {
      const q = mark(ENROLLED, j);
      if (p.kind != q.kind) continue;
      let sum: i32 = unlike(p.a, q.a);
      if (sum > 48) continue;
      sum += unlike(p.b, q.b) + unlike(p.c, q.c);
      if (sum > 110) continue;
      fits++;
      votes[<i32>(<u8>(p.angle - q.angle) >> 4)] += 110 - sum;
    }
  }
  let best: i32 = 0;
  for (let v: i32 = 1; v < 16; v++) if (votes[v] + votes[(v + 1) & 15] > votes[best] + votes[(best + 1) & 15]) best = v;
  return (fits << 20) | (best << 16) | min(0xffff, votes[best] + votes[(best + 1) & 15]);
}

function place(m: Mark): void {
  m.x = next() & 127;
  m.y = next() & 127;
  m.angle = <u8>next();
  m.kind = <u8>(next() >> 5) & 1;
}

export function run(n: i32): i32 {
  seed = 1880;
  empty(ENROLLED, PLACES);
  empty(PROBE, PLACES + MARKS * NEAR * offsetof<Near>());
  for (let i: i32 = 0; i < MARKS; i++) place(mark(ENROLLED, i));
  describe(ENROLLED);
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    const turned: u8 = <u8>(next() & 63);
    for (let i: i32 = 0; i < MARKS; i++) {
      const p = mark(PROBE, i);
      const e = mark(ENROLLED, i);
      p.x = e.x + (next() & 7);
      p.y = e.y + (next() & 7);
      p.angle = e.angle + turned + <u8>(next() & 7);
      p.kind = e.kind;
      if (next() % 6 == 0) place(p);
    }
    describe(PROBE);
    h = h * 31 + match();
    for (let i: i32 = 0; i < MARKS; i++) h = h * 31 + mark(PROBE, i).b.far + mark(PROBE, i).c.turn;
    place(mark(ENROLLED, k % MARKS));
    describe(ENROLLED);
  }
  return h;
}

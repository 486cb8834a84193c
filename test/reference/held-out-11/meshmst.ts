// Which links a mesh of 12 sensors should keep: costs of all pairs within reach from places and what the wall eats, put in order by a heap, taken from the cheapest as long as they join two parts (union by size, ways halved), then from the gateway who hears whom over how many hops, by a walk over the kept links; sensors move a little.
const NODES: i32 = 12;
const REACH: i32 = 9000;

@unmanaged
class Link {
  cost: i32;
  a: u8;
  b: u8;
  spare: u16;
}

@unmanaged
class Node {
  x: i16;
  y: i16;
  parent: u8;
  size: u8;
  hops: u8;
  floor: u8;
}

const nodes: usize = 1024; // Node[12]
const links: usize = 1152; // Link[66]
const kept: usize = 1792; // u8[11]: numbers of links

// @ts-ignore
@inline
function node(i: i32): Node {
  return changetype<Node>(nodes + i * <i32>offsetof<Node>());
}

// @ts-ignore
@inline
function link(i: i32): Link {
  return changetype<Link>(links + i * <i32>offsetof<Link>());
}

function exchange(i: i32, j: i32): void {
  const p: usize = changetype<usize>(link(i));
  const q: usize = changetype<usize>(link(j));
  const t: u64 = load<u64>(p);
  store<u64>(p, load<u64>(q));
  store<u64>(q, t);
}

function sink(i: i32, count: i32): void {
  while (true) {
    let child: i32 = 2 * i + 1;
    if (child >= count) return;
    if (child + 1 < count && link(child + 1).cost < link(child).cost) child++;
    if (link(i).cost <= link(child).cost) return;
    exchange(i, child);
    i = child;
  }
}

function root(i: i32): i32 {
  while (node(i).parent != i) {
    const p: i32 = node(i).parent;
    node(i).parent = node(p).parent;
    i = node(i).parent;
  }
  return i;
}

function collect(): i32 {
  let count: i32 = 0;
  for (let a: i32 = 0; a < NODES; a++)
    for (let b: i32 = a + 1; b < NODES; b++) {
      const p: Node = node(a);
      const q: Node = node(b);
      const dx: i32 = <i32>p.x - <i32>q.x;
      const dy: i32 = <i32>p.y - <i32>q.y;
      let far: i32 = dx * dx + dy * dy;
      if (p.floor != q.floor) far += 3000;
      if (far > REACH) continue;
      const l: Link = link(count++);
      // no two links cost the same
      l.cost = (far << 8) | (a * 16 + b);
      l.a = <u8>a;
      l.b = <u8>b;
    }
  return count;
}

function keep(count: i32): i32 {
  let joined: i32 = 0;
  for (let i: i32 = (count >> 1) - 1; i >= 0; i--) sink(i, count);
  while (count > 0 && joined < NODES - 1) {
    const l: Link = link(0);
    let a: i32 = root(l.a);
    let b: i32 = root(l.b);
    count--;
    if (a != b) {
      if (node(a).size < node(b).size) {
        const t: i32 = a;
        a = b;
        b = t;
      }
      node(b).parent = <u8>a;
      node(a).size += node(b).size;
      store<u8>(kept + joined * 2, l.a);
      store<u8>(kept + joined * 2 + 1, l.b);
      joined++;
    }
    exchange(0, count);
    sink(0, count);
  }
  return joined;
}

function hear(joined: i32): void {
  node(0).hops = 0;
  let changed: bool = true;
  while (changed) {
    changed = false;
    for (let i: i32 = 0; i < joined; i++) {
      const a: Node = node(load<u8>(kept + 2 * i));
      const b: Node = node(load<u8>(kept + 2 * i + 1));
      if (a.hops + 1 < b.hops) {
        b.hops = a.hops + 1;
        changed = true;
      } else if (b.hops + 1 < a.hops) {
        a.hops = b.hops + 1;
        changed = true;
      }
    }
  }
}

export function run(n: i32): i32 {
  let s: u32 = 1956;
  for (let i: i32 = 0; i < NODES; i++) {
    s = s * 1664525 + 1013904223;
    node(i).x = <i16>(s >> 24);
    node(i).y = <i16>(s >> 16 & 255);
    node(i).floor = <u8>(s >> 15 & 1);
  }
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    for (let i: i32 = 0; i < NODES; i++) {
      const p: Node = node(i);
      s = s * 1664525 + 1013904223;
      p.x = <i16>max(0, min(255, <i32>p.x + (<i32>s >> 28)));
      p.y = <i16>max(0, min(255, <i32>p.y + (<i32>(s << 4) >> 28)));
      p.parent = <u8>i;
      p.size = 1;
      p.hops = 99;
    }
    const count: i32 = collect();
    const joined: i32 = keep(count);
    hear(joined);
    h = h * 31 + count * 16 + joined;
    for (let i: i32 = 0; i < joined * 2; i += 2) h = h * 31 + <i32>load<u8>(kept + i) * 16 + <i32>load<u8>(kept + i + 1);
    for (let i: i32 = 0; i < NODES; i++) h = h * 31 + <i32>node(i).hops;
  }
  return h;
}

// Merge sort by recursion, insertion below six, of keys and positions in one 32-bit word.
const list: usize = 1024;
const spare: usize = 2048;

function insertion(from: usize, to: usize): void {
  for (let i = from + 4; i < to; i += 4) {
    const v = load<u32>(i);
    let j = i;
    while (j > from && load<u32>(j - 4) > v) {
      store<u32>(j, load<u32>(j - 4));
      j -= 4;
    }
    store<u32>(j, v);
  }
}

function merge(from: usize, middle: usize, to: usize): void {
  const count = middle - from;
  memory.copy(spare, from, count);
  let a = spare, b = middle, p = from;
  const end = spare + count;
  while (a < end && b < to) {
    const x = load<u32>(a), y = load<u32>(b);
    if (x <= y) {
      store<u32>(p, x);
      a += 4;
    } else {
      store<u32>(p, y);
      b += 4;
    }
    p += 4;
  }
  while (a < end) {
    store<u32>(p, load<u32>(a));
    a += 4;
    p += 4;
  }
}

function sort(from: usize, to: usize): void {
  const size = (to - from) >> 2;
  if (size < 6) {
    insertion(from, to);
    return;
  }
  const middle = from + ((size >> 1) << 2);
  sort(from, middle);
  sort(middle, to);
  merge(from, middle, to);
}

export function run(n: i32): i32 {
  let r: u32 = 0;
  for (let k = 0; k < n; k++) {
    for (let i: u32 = 0; i < 72; i++) store<u32>(list + (i << 2), (((i + <u32>k) * 40503) & 0xffff) << 8 | i);
    sort(list, list + 288);
    r = r * 3 + load<u32>(list, 40) + (load<u32>(list, 200) >> 4);
  }
  return r;
}

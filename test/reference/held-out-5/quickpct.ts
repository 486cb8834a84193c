// Percentiles of a window of 90 samples by selection: median of three as pivot, two indices that meet, the 10th, 50th and 90th out of one copy.
const COUNT: i32 = 90;
const window = memory.data(COUNT * 4, 4);
const copy = memory.data(COUNT * 4, 4);

// @ts-ignore: decorator
@inline
function get(i: i32): i32 {
  return load<i32>(copy + ((<usize>i) << 2));
}

// @ts-ignore: decorator
@inline
function set(i: i32, v: i32): void {
  store<i32>(copy + ((<usize>i) << 2), v);
}

function exchange(i: i32, j: i32): void {
  const t = get(i);
  set(i, get(j));
  set(j, t);
}

function select(low: i32, high: i32, rank: i32): i32 {
  while (low < high) {
    const middle = (low + high) >> 1;
    if (get(middle) < get(low)) exchange(middle, low);
    if (get(high) < get(low)) exchange(high, low);
    if (get(high) < get(middle)) exchange(high, middle);
    const pivot = get(middle);
    let i = low;
    let j = high;
    do {
      while (get(i) < pivot) i++;
      while (pivot < get(j)) j--;
      if (i <= j) exchange(i++, j--);
    } while (i <= j);
    if (rank <= j) high = j;
    else if (rank >= i) low = i;
    else break;
  }
  return get(rank);
}

export function run(n: i32): i32 {
  let s: u32 = 4242;
  for (let i = 0; i < COUNT; i++) {
    s = s * 1664525 + 1013904223;
    store<i32>(window + ((<usize>i) << 2), <i32>(s >> 19) - (i << 4));
  }
  let h: i32 = 0;
  for (let k = 0; k < n; k++) {
    store<i32>(window + ((<usize>((k * 13) % COUNT)) << 2), k * 1009);
    memory.copy(copy, window, COUNT * 4);
    const middle = select(0, COUNT - 1, COUNT / 2);
    const low = select(0, COUNT / 2 - 1, COUNT / 10);
    const high = select(COUNT / 2 + 1, COUNT - 1, (COUNT * 9) / 10);
    h = h * 31 + (high - low) * 3 + middle;
  }
  return h;
}

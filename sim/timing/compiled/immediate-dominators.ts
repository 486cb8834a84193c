/**
 * Immediate dominators (Cooper, Harvey and Kennedy 2001), as places in an order in which each comes before what only it leads to; the first is its own.
 *
 * @param before Whence each place is reached: places, or -1 for what is not in the order.
 */
export function immediateDominators(places: number, before: (place: number) => readonly number[]): number[] {
  const above: number[] = [0];
  for (let changed = true; changed;) {
    changed = false;
    for (let i = 1; i < places; i++) {
      let found = -1;
      for (let x of before(i)) {
        if (x < 0 || above[x] === undefined) continue;
        if (found < 0) found = x;
        while (x !== found)
          if (x > found) x = above[x]!;
          else found = above[found]!;
      }
      if (above[i] === found) continue;
      above[i] = found;
      changed = true;
    }
  }
  return above;
}

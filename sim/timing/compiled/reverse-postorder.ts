/** All that is reached from a place, each before what only it leads to; ways are followed in the order in which they are given. */
export function reversePostorder<T>(entry: T, next: (at: T) => readonly T[]): T[] {
  const seen = new Set<T>([entry]);
  const order: T[] = [];
  const stack = [{ at: entry, ways: next(entry), done: 0 }];
  while (stack.length) {
    const top = stack.at(-1)!;
    if (top.done === top.ways.length) {
      order.push(top.at);
      stack.pop();
      continue;
    }
    const to = top.ways[top.done++]!;
    if (seen.has(to)) continue;
    seen.add(to);
    stack.push({ at: to, ways: next(to), done: 0 });
  }
  return order.toReversed();
}

/** Events in order of time, and of insertion where times are equal: a binary heap. Times are integer nanoseconds. */
export class EventQueue<Event> {
  private readonly heap: { timeNs: number; order: number; event: Event }[] = [];
  private inserted = 0;

  get size(): number {
    return this.heap.length;
  }

  /** Time of the next event; Infinity when there is none. */
  get nextNs(): number {
    return this.heap[0]?.timeNs ?? Infinity;
  }

  push(timeNs: number, event: Event): void {
    const { heap } = this;
    const entry = { timeNs, order: this.inserted++, event };
    let child = heap.length;
    heap.push(entry);
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!before(entry, heap[parent]!)) break;
      heap[child] = heap[parent]!;
      child = parent;
    }
    heap[child] = entry;
  }

  pop(): Event | undefined {
    const { heap } = this;
    const first = heap[0];
    if (first === undefined) return undefined;
    const last = heap.pop()!;
    if (heap.length === 0) return first.event;
    let parent = 0;
    for (;;) {
      let child = 2 * parent + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, last)) break;
      heap[parent] = heap[child]!;
      parent = child;
    }
    heap[parent] = last;
    return first.event;
  }
}

const before = (a: { timeNs: number; order: number }, b: { timeNs: number; order: number }): boolean =>
  a.timeNs < b.timeNs || (a.timeNs === b.timeNs && a.order < b.order);

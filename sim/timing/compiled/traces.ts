/**
 * Order of gcc's basic blocks in memory (bb-reorder.cc, software trace cache): traces along likely ways, hot ones first; loops that are expected to run four times or more end where they are left most, others that
 * end in a jump get a copy of their first block there; then traces one behind the other where a way leads from end to start, by a copy of a small block if need be.
 */

import { backWays, isBetter, probability, type Spot, type Way } from './spots.ts';

interface Limits {
  /** Shares of the largest count, in ten thousandths (to_frequency). */
  share: (count: number) => number;
  isHot: (count: number) => boolean;
}

/** By round: how likely a way has to be, and how often it has to be taken, of the function's entry. */
const rounds = [
  { branch: 0.4, count: 0.5 },
  { branch: 0.2, count: 0.2 },
  { branch: 0.1, count: 0.05 },
  { branch: 0, count: 0 },
];
/** Bytes of an unconditional jump, and how many of them may be copied where code may grow. */
const jumpBytes = 2;
const copiedJumps = 8;
/** Ways that are taken less often than this share of the entry are not worth a copy. */
const worthCopying = 0.1;
/** Largest frequency of a block (BB_FREQ_MAX). */
const largestFrequency = 10_000;

interface Trace {
  first: Spot;
  last: Spot;
  length: number;
}

/** All blocks and copies in their order; ways lead to copies where these replace a jump. */
export function orderSpots(spots: readonly Spot[], entry: Spot, limits: Limits): Spot[] {
  return new Traces(spots, entry, limits).run();
}

class Traces {
  private readonly entry: Spot;
  private readonly limits: Limits;
  private readonly entryCount: number;
  private readonly next = new Map<Spot, Spot>();
  private readonly visited = new Map<Spot, Trace>();
  private readonly startOf = new Map<Spot, Trace>();
  private readonly endOf = new Map<Spot, Trace>();
  private readonly traces: Trace[] = [];
  private readonly back: ReadonlySet<Way>;
  private readonly priority = new Map<Spot, number>();
  /** What may start a trace, with its key. */
  private waiting = new Map<Spot, number>();
  private later = new Map<Spot, number>();
  private copies: number;

  constructor(spots: readonly Spot[], entry: Spot, limits: Limits) {
    this.entry = entry;
    this.limits = limits;
    this.entryCount = entry.count;
    this.back = backWays(entry);
    this.copies = spots.length;
  }

  run(): Spot[] {
    this.waiting.set(this.entry, this.key(this.entry));
    rounds.forEach((_, round) => this.findTraces(round));
    this.connect();
    const order: Spot[] = [];
    for (
      let s: Spot | undefined = this.entry === this.traces[0]!.first ? this.entry : this.traces[0]!.first;
      s;
    )
      [order[order.length], s] = [s, this.next.get(s)];
    return order;
  }

  private findTraces(round: number): void {
    const { branch, count } = rounds[round]!;
    const least = count * this.entryCount;
    const waits = (s: Spot) => round < rounds.length - 1 && s.count < least;
    while (this.waiting.size) {
      const start = lowest(this.waiting);
      this.waiting.delete(start);
      if (waits(start)) this.later.set(start, this.key(start));
      else this.trace(start, branch, least, waits);
    }
    [this.waiting, this.later] = [this.later, new Map()];
  }

  /** Blocks that a trace or a loop's end leads to come first, the more often the sooner. */
  private key(s: Spot): number {
    const { share } = this.limits;
    let priority = this.priority.get(s);
    if (priority === undefined) {
      priority = 0;
      for (const w of s.preds)
        if (this.endOf.has(w.from) || this.back.has(w)) priority = Math.max(priority, share(w.count));
      this.priority.set(s, priority);
    }
    return priority > 0 ? -(100 * largestFrequency + 100 * priority + share(s.count)) : -share(s.count);
  }

  private heapOf(s: Spot): Map<Spot, number> | null {
    if (this.waiting.has(s)) return this.waiting;
    return this.later.has(s) ? this.later : null;
  }

  private trace(start: Spot, likely: number, least: number, waits: (s: Spot) => boolean): void {
    const trace: Trace = { first: start, last: start, length: 0 };
    this.traces.push(trace);
    let s = start;
    for (;;) {
      this.visit(s, trace);
      const suits = (w: Way) => s.falls && probability(w) >= likely && w.count >= least;
      let best = this.bestWay(s, trace, suits);
      for (const w of s.ways) {
        if (w === best || !w.to || this.visited.has(w.to)) continue;
        const heap = this.heapOf(w.to) ?? (!suits(w) && waits(w.to) ? this.later : this.waiting);
        heap.set(w.to, this.key(w.to));
      }
      if (!best) break;
      const to = best.to!;
      if (this.visited.get(to) === trace) {
        if (to !== s) s = this.closeLoop(best, trace);
        break;
      }
      best = this.throughArm(s, best);
      this.next.set(s, best.to!);
      s = best.to!;
    }
    trace.last = s;
    this.startOf.set(trace.first, trace);
    this.endOf.set(s, trace);
    for (const { to, count } of s.ways) {
      if (!to) continue;
      const share = this.limits.share(count);
      if (share > (this.priority.get(to) ?? -1)) this.priority.set(to, share);
      if (!this.visited.has(to)) this.heapOf(to)?.set(to, this.key(to));
    }
  }

  private visit(s: Spot, trace: Trace): void {
    this.visited.set(s, trace);
    this.waiting.delete(s);
    this.later.delete(s);
    trace.length++;
  }

  private bestWay(s: Spot, trace: Trace, suits: (w: Way) => boolean): Way | null {
    let best: Way | null = null;
    for (const w of s.ways) {
      if (!w.to || !suits(w)) continue;
      const in_ = this.visited.get(w.to);
      if (in_ && in_ !== trace) continue;
      if (!best || isBetter(w, best)) best = w;
    }
    // What is no longer than a jump is copied later, wherever a jump would lead to it.
    return best && this.isCopied(best.to!, false) ? null : best;
  }

  /** `if (a) b; c` is laid out a, b, c where b runs half as often as the way around it. */
  private throughArm(s: Spot, best: Way): Way {
    const arm = s.ways.find(
      ({ to }) =>
        to &&
        to !== best.to &&
        s.falls &&
        !this.visited.has(to) &&
        to.preds.length === 1 &&
        to.falls &&
        to.ways.length === 1 &&
        to.ways[0]!.to === best.to &&
        2 * to.count >= best.count,
    );
    return arm ?? best;
  }

  private closeLoop(back: Way, trace: Trace): Spot {
    const { from: tail, to } = back;
    const header = to!;
    if (back.count > 0.8 * header.count) return header === this.entry ? tail : this.turn(back, trace);
    if (tail.ways.length !== 1 || !this.isCopied(header, this.limits.isHot(back.count))) return tail;
    const copy = this.copy(back, trace);
    this.next.set(tail, copy);
    return copy;
  }

  /** The loop ends where it is left most, preferably to what is in no other trace yet. */
  private turn({ from: tail, to }: Way, trace: Trace): Spot {
    const header = to!;
    this.next.set(tail, header);
    let last: Spot | null = null;
    let most = -1;
    let preferred = false;
    let s = header;
    do {
      for (const w of s.ways) {
        if (!w.to || !s.falls || this.visited.get(w.to) === trace) continue;
        const free = !this.visited.has(w.to) || this.startOf.has(w.to);
        if (preferred && !free) continue;
        if ((free && !preferred) || w.count > most) {
          preferred ||= free;
          [last, most] = [s, w.count];
        }
      }
      s = this.next.get(s)!;
    } while (s !== header);
    if (!last) last = tail;
    else if (header === trace.first) trace.first = this.next.get(last)!;
    else this.enterTurned(header, this.next.get(last)!, trace);
    this.next.delete(last);
    return last;
  }

  /** What stood before the loop now stands before its new first block; a jump to a mere test is replaced by a copy of it. */
  private enterTurned(header: Spot, first: Spot, trace: Trace): void {
    let before = trace.first;
    while (this.next.get(before) !== header) before = this.next.get(before)!;
    this.next.set(before, first);
    const [way, ...others] = before.ways;
    if (!way?.to || others.length > 0 || way.to.ways.length !== 2 || !this.isCopied(way.to, false)) return;
    const copy = this.copy(way, trace);
    this.next.set(copy, first);
    this.next.set(before, copy);
  }

  /** Whether a block may stand once more instead of a jump to it. */
  private isCopied(s: Spot, mayGrow: boolean): boolean {
    if (s.preds.length < 2 || s.ways.length > 8) return false;
    return s.size <= jumpBytes * (mayGrow && this.limits.isHot(s.count) ? copiedJumps : 1);
  }

  private copy(way: Way, trace: Trace): Spot {
    const original = way.to!;
    // Of what counts more than the block itself, the block's (duplicate_block of cfghooks.cc).
    const [count, weight] = [Math.min(way.count, original.count), Math.min(way.weight, original.weight)];
    const [share, part] = [shareOf(count, original.count), shareOf(weight, original.weight)];
    const copy: Spot = { ...original, index: this.copies++, count, weight, preds: [way], original, ways: [] };
    for (const w of original.ways) {
      const on = { from: copy, to: w.to, count: w.count * share, weight: w.weight * part };
      copy.ways.push(on);
      w.to?.preds.push(on);
      w.count -= on.count;
      w.weight -= on.weight;
    }
    original.count -= count;
    original.weight -= weight;
    original.preds = original.preds.filter((w) => w !== way);
    way.to = copy;
    this.visited.set(copy, trace);
    trace.length++;
    return copy;
  }

  private connect(): void {
    const connected = new Set<Trace>();
    let end: Spot | null = null;
    for (const trace of this.traces) {
      if (connected.has(trace)) continue;
      connected.add(trace);
      let first = trace;
      while (first !== this.traces[0]) {
        const best = this.bestBefore(first.first, connected);
        if (!best) break;
        this.next.set(best.from, best.to!);
        first = this.endOf.get(best.from)!;
        connected.add(first);
      }
      if (end) this.next.set(end, first.first);
      end = this.connectOn(trace, connected);
    }
  }

  private bestBefore(s: Spot, connected: ReadonlySet<Trace>): Way | null {
    let best: Way | null = null;
    for (const w of s.preds) {
      const trace = w.from.falls ? this.endOf.get(w.from) : undefined;
      if (!trace || connected.has(trace)) continue;
      const order =
        best &&
        (w.count - best.count ||
          probability(w) - probability(best) ||
          trace.length - this.endOf.get(best.from)!.length);
      if (order === null || order > 0) best = w;
    }
    return best;
  }

  /** Goes on from a trace as long as there is one to go to; says where that ends. */
  private connectOn(trace: Trace, connected: Set<Trace>): Spot {
    for (let t = trace; ;) {
      const best = t.last.falls ? this.bestBehind(t.last, connected) : null;
      const on = best?.to ?? (t.last.falls ? this.copyOn(t, connected) : null);
      if (!on) return t.last;
      this.next.set(t.last, on);
      t = this.startOf.get(on)!;
      connected.add(t);
    }
  }

  private bestBehind(s: Spot, connected: ReadonlySet<Trace>, least = -1): Way | null {
    let best: Way | null = null;
    for (const w of s.ways) {
      const trace = w.to ? this.startOf.get(w.to) : undefined;
      if (!trace || connected.has(trace) || w.count < least) continue;
      const order =
        best && (probability(w) - probability(best) || trace.length - this.startOf.get(best.to!)!.length);
      if (order === null || order > 0) best = w;
    }
    return best;
  }

  /** Two traces that a block lies between are joined by a copy of it; says where to go on. The copy is the end of the trace. */
  private copyOn(trace: Trace, connected: ReadonlySet<Trace>): Spot | null {
    const least = worthCopying * this.entryCount;
    let best: Way | null = null;
    let on: Spot | null = null;
    let out = false;
    for (const w of trace.last.ways) {
      if (!w.to || (best && probability(w) <= probability(best))) continue;
      if (this.startOf.get(w.to)?.length === 1) {
        best = w;
        continue;
      }
      if (!w.to.falls) continue;
      const leaves = w.to.ways.some(({ to }) => !to);
      const behind = leaves ? null : this.bestBehind(w.to, connected, least);
      if (leaves || behind) [best, on, out] = [w, behind?.to ?? null, leaves];
    }
    const { isHot } = this.limits;
    if (!best || !this.isCopied(best.to!, isHot(best.count) && best.count >= least)) return null;
    const copy = this.copy(best, trace);
    this.next.set(trace.last, copy);
    trace.last = copy;
    return out ? null : on;
  }
}

const shareOf = (part: number, whole: number): number => (whole > 0 ? Math.min(1, part / whole) : 0);

/** The one with the lowest key, of several the first. */
function lowest(heap: ReadonlyMap<Spot, number>): Spot {
  let best: Spot | null = null;
  let least = Infinity;
  for (const [s, key] of heap) if (key < least) [best, least] = [s, key];
  return best!;
}

/**
 * gcc 12's interprocedural inliner at -O2 (ipa-inline.cc), call by call: small functions first, those of which most is gained for what the code grows by; then functions that are gone once all their calls are
 * inlined. A call inlines less than 15 (max-inline-insns-auto), twice that where constants say how often a loop goes round or the caller gets faster by 30 %, and anything that makes the program no larger.
 */
import type { InlinedCall, InlineSize, Placed } from './inline-size.ts';
import type { Value } from './inline-values.ts';

/** max-inline-insns-auto and max-inline-insns-single at -O2; param inline-heuristics-hint-percent. */
const [limit, limitOfFewer, hinted] = [15, 70, 2];
/** param inline-min-speedup at -O2. */
const minimumSpeedup = 0.3;
/** param hot-bb-frequency-fraction. */
const fraction = 1000;
/** param inline-functions-called-once-insns and -loop-depth. */
const [maximumTogether, maximumDepth] = [4000, 6];
/** param large-function-insns, and large-function-growth: as much again. */
const largeFunction = 2700;
/** Of overall growths from here on no squares are taken. */
const linearGrowth = 256;
/** A function larger than this is not tried where it is called more than once. */
const neverSmall = 400;

/** A copy of a function, with what is inlined into it by the place of the call. */
export interface InlineTree {
  f: number;
  inlined: Map<number, InlineTree>;
  placed: Placed;
  estimate: InlineSize;
}

/** A call that is not inlined. */
interface Edge {
  root: Root;
  owner: InlineTree;
  call: InlinedCall;
  /** What would stand in its place, and of which state of the callee. */
  candidate: { tree: InlineTree | null; size: number; time: number; version: number } | null;
}

interface Root {
  f: number;
  tree: InlineTree;
  size: number;
  time: number;
  edges: Edge[];
  version: number;
  /** What inlining it everywhere would have added before anything is inlined. */
  growth: number;
}

export interface InlineInput {
  /** Functions that are reached, and calls from outside of the module: what wrappers call. */
  reached: readonly number[];
  wrapped: readonly number[];
  /** Functions that stay whatever is inlined, and those in recursions. */
  kept: ReadonlySet<number>;
  recursive: ReadonlySet<number>;
  estimate: (f: number, placed: Placed) => InlineSize;
  /** What a function by itself gets. */
  given: (f: number) => readonly Value[];
  /** Whether constants of a call say how often a loop of its callee goes round. */
  iterationsAreKnown: (call: InlinedCall) => boolean;
}

export interface Inlined {
  trees: ReadonlyMap<number, InlineTree>;
  /** Trees of what wrappers took in, by function. */
  wrappers: ReadonlyMap<number, InlineTree>;
  /** Functions that calls are left of. */
  called: ReadonlySet<number>;
}

export const inlineAll = (input: InlineInput): Inlined => new Inliner(input).run();

class Inliner {
  private readonly roots = new Map<number, Root>();
  private readonly wrappers: Root[] = [];
  private readonly callers = new Map<number, Set<Edge>>();
  private readonly input: InlineInput;

  constructor(input: InlineInput) {
    this.input = input;
    for (const f of input.reached) this.roots.set(f, this.root(f));
    input.wrapped.forEach((f, i) => this.wrappers.push(this.wrapper(f, i)));
    for (const root of this.roots.values()) root.growth = this.overall(root);
  }

  run(): Inlined {
    this.inlineSmall();
    this.inlineCalledOnce();
    const taken = this.wrappers.flatMap(({ tree }) => [...tree.inlined.values()]);
    return {
      trees: new Map([...this.roots].map(([f, { tree }]) => [f, tree])),
      wrappers: new Map(taken.map((tree) => [tree.f, tree])),
      called: new Set([...this.callers].filter(([, edges]) => edges.size > 0).map(([f]) => f)),
    };
  }

  private root(f: number): Root {
    const placed = { args: this.input.given(f), frequency: 1, depth: 0 };
    const estimate = this.input.estimate(f, placed);
    const tree: InlineTree = { f, inlined: new Map(), placed, estimate };
    const size = estimate.size + estimate.own.size;
    const time = estimate.time + estimate.own.time;
    const root: Root = { f, tree, size, time, edges: [], version: 0, growth: 0 };
    for (const call of estimate.calls) this.addEdge(root, tree, call);
    return root;
  }

  /** What is around an export: nothing but its call. */
  private wrapper(callee: number, i: number): Root {
    const args = this.input.given(callee);
    const [size, time] = [3 + args.length, 12 + args.length];
    const call: InlinedCall = { at: 0, callee, args, frequency: 1, depth: 0, size, time };
    const own = { size: 3, time: 2 };
    const tree: InlineTree = {
      f: -1 - i,
      inlined: new Map(),
      placed: { args, frequency: 1, depth: 0 },
      estimate: { size, time, own, calls: [call] },
    };
    const root: Root = {
      f: -1,
      tree,
      size: size + own.size,
      time: time + own.time,
      edges: [],
      version: 0,
      growth: 1,
    };
    this.addEdge(root, tree, call);
    return root;
  }

  private addEdge(root: Root, owner: InlineTree, call: InlinedCall): void {
    const edge: Edge = { root, owner, call, candidate: null };
    root.edges.push(edge);
    const callers = this.callers.get(call.callee) ?? new Set<Edge>();
    this.callers.set(call.callee, callers);
    callers.add(edge);
  }

  private mayInline(edge: Edge): boolean {
    return !this.input.recursive.has(edge.call.callee) && this.roots.has(edge.call.callee);
  }

  /** A copy of a function as it stands for a call, with the constants of that. */
  private candidate(edge: Edge): NonNullable<Edge['candidate']> {
    const callee = this.roots.get(edge.call.callee)!;
    if (edge.candidate?.version === callee.version) return edge.candidate;
    let [size, time] = [0, 0];
    const copy = (tree: InlineTree, placed: Placed): InlineTree => {
      const estimate = this.input.estimate(tree.f, placed);
      size += estimate.size;
      time += estimate.time;
      const inlined = new Map<number, InlineTree>();
      for (const call of estimate.calls) {
        const inner = tree.inlined.get(call.at);
        if (!inner) continue;
        size -= call.size;
        time -= call.time;
        inlined.set(call.at, copy(inner, call));
      }
      return { f: tree.f, inlined, placed, estimate };
    };
    const tree = copy(callee.tree, edge.call);
    edge.candidate = { tree, size, time, version: callee.version };
    return edge.candidate;
  }

  private growth(edge: Edge): number {
    return Math.round(this.candidate(edge).size) - edge.call.size;
  }

  /** What the program grows by where all calls of a function are inlined (estimate_growth). */
  private overall(callee: Root): number {
    const edges = [...(this.callers.get(callee.f) ?? [])];
    const size = Math.round(callee.size);
    const few = edges.length === 1 || callee.size <= neverSmall;
    if (!few || edges.some((e) => !this.mayInline(e))) return Infinity;
    const sum = edges.reduce((all, e) => all + this.growth(e), 0);
    return this.input.kept.has(callee.f) ? Math.max(sum, 1) : sum - size;
  }

  /** Time per round of the caller that inlining gains. */
  private gain(edge: Edge): number {
    const { frequency } = edge.call;
    const callee = this.roots.get(edge.call.callee)!;
    return callee.time * frequency + edge.call.time - this.candidate(edge).time;
  }

  private isBigSpeedup(edge: Edge): boolean {
    const callee = this.roots.get(edge.call.callee)!;
    return this.gain(edge) > minimumSpeedup * (callee.time * edge.call.frequency + edge.root.time);
  }

  /** want_inline_small_function_p */
  private isWanted(edge: Edge): boolean {
    const callee = this.roots.get(edge.call.callee)!;
    if (!this.mayInline(edge)) return false;
    if (this.callers.get(callee.f)!.size > 1 && callee.size > neverSmall) return false;
    const growth = this.growth(edge);
    if (growth <= 0) return true;
    const together = edge.root.size + growth;
    const before = Math.max(edge.root.size, callee.size, largeFunction);
    if (together > largeFunction && together > 2 * before) return false;
    const isHinted = this.input.iterationsAreKnown(edge.call);
    const most = isHinted ? hinted * limit : limit;
    const isLarge = growth >= most && (isHinted || growth >= hinted * limit || !this.isBigSpeedup(edge));
    const isCold = edge.call.frequency * fraction < 1;
    if (!isLarge && !isCold) return true;
    return growth < limitOfFewer && this.overall(callee) <= 0;
  }

  /** How good it is to inline a call before others (edge_badness, turned). */
  private goodness(edge: Edge): number {
    const growth = this.growth(edge);
    if (growth <= 0) return 1e9 - growth;
    const { growth: overall } = this.roots.get(edge.call.callee)!;
    const squared = overall < linearGrowth ? overall ** 2 : overall + linearGrowth ** 2 - linearGrowth;
    const all = growth * (overall > 0 ? squared : 1) * (edge.root.size + growth);
    const preferred = overall <= 0 || this.input.iterationsAreKnown(edge.call);
    return (Math.max(this.gain(edge), 1e-9) / all) * (preferred ? 4 : 1);
  }

  private inlineSmall(): void {
    const wanted = new Map<Edge, number>();
    const look = (edge: Edge) => {
      if (this.isWanted(edge)) wanted.set(edge, this.goodness(edge));
      else wanted.delete(edge);
    };
    for (const root of [...this.roots.values(), ...this.wrappers]) root.edges.forEach(look);
    while (wanted.size > 0) {
      let best: Edge | null = null;
      for (const [edge, goodness] of wanted) if (best === null || goodness > wanted.get(best)!) best = edge;
      wanted.delete(best!);
      if (!this.callers.get(best!.call.callee)!.has(best!) || !this.isWanted(best!)) continue;
      this.inline(best!);
      best!.root.edges.forEach(look);
      for (const edge of this.callers.get(best!.root.f) ?? []) look(edge);
    }
  }

  /** Functions that go with their last call, the last of the module first. */
  private inlineCalledOnce(): void {
    for (const cold of [false, true])
      for (const callee of [...this.roots.values()].toReversed()) {
        const edges = [...(this.callers.get(callee.f) ?? [])];
        if (edges.length === 0 || this.input.kept.has(callee.f)) continue;
        if (!cold && edges.every((e) => e.call.frequency * fraction < 1)) continue;
        if (edges.some((e) => e.call.depth > maximumDepth)) continue;
        if (this.overall(callee) > 0) continue;
        if (edges.some((e) => e.root.size + this.growth(e) > maximumTogether)) continue;
        for (const edge of edges) this.inline(edge);
      }
  }

  private inline(edge: Edge): void {
    const { root, owner, call } = edge;
    const { tree, size, time } = this.candidate(edge);
    owner.inlined.set(call.at, tree!);
    root.size += size - edge.call.size;
    root.time += time - call.time;
    root.version++;
    root.edges = root.edges.filter((e) => e !== edge);
    const callers = this.callers.get(call.callee)!;
    callers.delete(edge);
    const add = (part: InlineTree): void => {
      for (const c of part.estimate.calls) {
        const inner = part.inlined.get(c.at);
        if (inner) add(inner);
        else this.addEdge(root, part, c);
      }
    };
    add(tree!);
    // Nothing calls it any more: what it calls is called from there alone.
    if (callers.size > 0 || this.input.kept.has(call.callee)) return;
    const gone = this.roots.get(call.callee)!;
    for (const e of gone.edges) this.callers.get(e.call.callee)!.delete(e);
    gone.edges = [];
  }
}

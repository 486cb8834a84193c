/**
 * The depth of calls where one inlined function follows another: what the first left on its way out is what the second begins with. gcc knows the depth that it has tested
 * (tree-ssa-dom.c) and drops a store that others overwrite on every way before anything may read it (tree-ssa-dse.c): a load of linear memory may, and so may a trap. Where only
 * the trap of the depth reads it, and another one leads to the same trap, the store goes there (tree-ssa-sink.c); then the way out stores what is there already. So an inlined
 * function that accesses no memory only tests the depth, which leaves loops.
 */
import { callDepth, isConst, resolve, type Block, type Edge, type Graph, type Node } from './ir.ts';
import { mayTrap } from './global-values.ts';
import { liesBehindDepth, overwrites } from './memory-state.ts';

const mayRead = (n: Node): boolean =>
  (/^(load|call|accessor)$/.test(n.op) && !liesBehindDepth(n)) || mayTrap.test(n.op);
/** What gcc takes for an access of memory, whichever it is. */
const isAccess = (n: Node): boolean =>
  /^(load|store|call|accessor|base|size|pages|global|setglobal)$/.test(n.op) || mayTrap.test(n.op);
const isDepth = (n: Node, op: string): boolean => n.op === op && n.value === callDepth;
const edgesOf = (b: Block): readonly Edge[] => b.term.edges;

export function dropRepeatedDepths(g: Graph): void {
  dropTested(g);
  dropOverwritten(g);
  sinkIntoTraps(g);
  dropSame(g);
  hoistReads(g);
}

/** What is added to what, as value numbering has it: sums that stand in several blocks are equal. */
function sumKey(n: Node): string {
  let sum = 0n;
  let at = resolve(n);
  for (; at.op === 'add' && isConst(at.args[1]!); at = resolve(at.args[0]!)) sum += at.args[1]!.value;
  return `${at.id} ${BigInt.asUintN(32, sum)}`;
}

function dropTested(g: Graph): void {
  // Blocks come behind what dominates them.
  const tested = new Map<Block, ReadonlySet<string>>();
  for (const b of g.blocks) {
    const known = new Set(b.dominator ? tested.get(b.dominator) : []);
    b.nodes = b.nodes.filter((n) => {
      if (n.op !== 'enter') return true;
      const depth = sumKey(n.args[0]!);
      if (known.has(depth)) return false;
      known.add(depth);
      return true;
    });
    tested.set(b, known);
  }
}

function dropOverwritten(g: Graph): void {
  const atStart = new Map<Block, boolean>(g.blocks.map((b) => [b, true]));
  const scan = (b: Block, dead?: Set<Node>): boolean => {
    let overwritten = edgesOf(b).length > 0 && edgesOf(b).every((e) => atStart.get(e.to));
    for (const n of b.nodes.toReversed()) {
      if (isDepth(n, 'setglobal')) {
        if (overwritten) dead?.add(n);
        overwritten = true;
      } else if (mayRead(n) || isDepth(n, 'global')) overwritten = false;
    }
    return overwritten;
  };
  for (let changed = true; changed;) {
    changed = false;
    for (const b of g.blocks.toReversed()) {
      if (scan(b) === atStart.get(b)) continue;
      atStart.set(b, !atStart.get(b));
      changed = true;
    }
  }
  for (const b of g.blocks) {
    const dead = new Set<Node>();
    scan(b, dead);
    if (dead.size > 0) b.nodes = b.nodes.filter((n) => !dead.has(n));
  }
}

/** A store whose only reader is one of several traps that gcc has made one. */
function sinkIntoTraps(g: Graph): void {
  if (g.blocks.reduce((sum, b) => sum + b.nodes.filter((n) => n.op === 'enter').length, 0) < 2) return;
  for (const b of g.blocks)
    b.nodes = b.nodes.filter((n, at) => !isDepth(n, 'setglobal') || !isReadByOneTrap(b, at));
}

function isReadByOneTrap(b: Block, at: number): boolean {
  let readers = 0;
  const seen = new Set<Block>();
  const work: [Block, number][] = [[b, at + 1]];
  while (work.length) {
    const [block, from] = work.pop()!;
    const next = block.nodes.slice(from).find((n) => {
      if (n.op === 'enter') readers++;
      return n.op !== 'enter' && isAccess(n);
    });
    if (next) {
      if (!isDepth(next, 'setglobal')) return false;
      continue;
    }
    if (edgesOf(block).length === 0) return false;
    for (const { to } of edgesOf(block))
      if (!seen.has(to)) {
        seen.add(to);
        work.push([to, 0]);
      }
  }
  // Another value of the depth may join, which is a reader of its own.
  const joined = [...seen].some((x) => x === b || x.preds.some((e) => e.from !== b && !seen.has(e.from)));
  return readers === 1 && !joined;
}

/** Stores of what is there already. */
function dropSame(g: Graph): void {
  const place = `global ${callDepth}`;
  const out = new Map<Block, Node | null>();
  const scan = (b: Block, same?: Set<Node>): Node | null => {
    const values = new Set(b.preds.map((e) => out.get(e.from)).filter((v) => v !== undefined));
    let value = b !== g.entry && values.size === 1 ? [...values][0]! : null;
    for (const n of b.nodes) {
      if (isDepth(n, 'global')) value ??= n;
      if (!overwrites(n, place)) continue;
      const stored = isDepth(n, 'setglobal') ? resolve(n.args[0]!) : null;
      if (stored && stored === value) same?.add(n);
      value = stored;
    }
    return value;
  };
  for (let changed = true; changed;) {
    changed = false;
    for (const b of g.blocks) {
      const value = scan(b);
      if (value === out.get(b)) continue;
      out.set(b, value);
      changed = true;
    }
  }
  for (const b of g.blocks) {
    const same = new Set<Node>();
    scan(b, same);
    if (same.size > 0) b.nodes = b.nodes.filter((n) => !same.has(n));
  }
}

/** What nothing in a loop overwrites is read before it: a variable's own address cannot trap. */
function hoistReads(g: Graph): void {
  const place = `global ${callDepth}`;
  for (const loop of g.loops.toSorted((a, b) => b.depth - a.depth)) {
    const { preheader } = loop;
    const nodes = [...loop.blocks].flatMap((b) => b.nodes);
    if (!preheader || nodes.some((n) => overwrites(n, place))) continue;
    for (const n of nodes) {
      const deeper = n.op === 'add' && isDepth(resolve(n.args[0]!), 'global');
      if (!isDepth(n, 'global') && !(deeper && !loop.blocks.has(resolve(n.args[0]!).block))) continue;
      n.block.nodes = n.block.nodes.filter((x) => x !== n);
      n.block = preheader;
      preheader.nodes.push(n);
    }
  }
}

/**
 * The copying of a loop's header goes on behind its first test (ch2, should_duplicate_loop_header_p): a bounds check is a test that leaves the loop, too, and where the length was read before the loop and what is compared with it counts, it is
 * copied in front of the loop with all that stands before it. The loop then begins behind the last check that was copied and ends with those checks, made for the next round.
 */
import { costOf, mostCopied, stopsCopying, testCost } from './header-cost.ts';
import { resolve, type Block, type Edge, type Graph, type LoopNode, type Node } from './ir.ts';
import { Evolutions } from './linear.ts';
import { readsMemory } from './memory-state.ts';
import { repairSsa } from './repair-ssa.ts';
import { renewStructure } from './structure.ts';

/** Each check that stands in front of a loop now, and the one that it was copied from. */
export type CopiedChecks = ReadonlyMap<Node, Node>;

/** What is known of a check before headers are copied. */
export interface KnownBefore {
  /** It is known to hold. */
  early: boolean;
  /** Its length was read before the loop. */
  outside: boolean;
}

export function copyHeaders(g: Graph, known: (check: Node) => KnownBefore): CopiedChecks {
  const found = new Map<Node, Node>();
  const prefixes = g.loops.flatMap((loop) => prefixOf(g, loop, known) ?? []);
  if (prefixes.length === 0) return found;
  const copies = new Map<Node, Map<Block, Node>>();
  for (const prefix of prefixes) keepAddresses(g, prefix);
  for (const prefix of prefixes) moveToEnd(g, prefix, copies, found);
  repairSsa(g, copies);
  renewStructure(g);
  return found;
}

/** What is copied of a loop: the first operations of its header. */
interface Prefix {
  loop: LoopNode;
  nodes: readonly Node[];
}

function prefixOf(g: Graph, loop: LoopNode, known: (check: Node) => KnownBefore): Prefix | null {
  const { header, preheader } = loop;
  if (!header.rotated || !preheader || preheader.term.kind !== 'jump') return null;
  const kinds = new Kinds(loop);
  // Its first test is copied already.
  let cost = testCost;
  let end = 0;
  for (const [i, n] of header.nodes.entries()) {
    const bounds = isBoundsTest(n);
    if (bounds && known(n).early) continue;
    if (bounds && !known(n).outside) break;
    // A store changes no end that is a constant.
    if (!bounds && stopsCopying(n) && (g.pinnedLoads || n.op !== 'store')) break;
    cost += costOf(n, g.pinnedLoads);
    if (cost > mostCopied) break;
    if (!bounds && n.op !== 'divcheck') continue;
    if (n.args.some((a) => kinds.of(a) === 'varies')) break;
    end = i + 1;
  }
  return end === 0 ? null : { loop, nodes: header.nodes.slice(0, end) };
}

const isBoundsTest = (n: Node): boolean => n.op === 'check' || n.op === 'guard';

type Kind = 'stays' | 'counts' | 'varies';

/** What the operands of a test are: what has a counter among its operands counts, whatever the others are. */
class Kinds {
  private readonly known = new Map<Node, Kind>();
  private readonly evolutions: Evolutions;
  private readonly loop: LoopNode;

  constructor(loop: LoopNode) {
    this.loop = loop;
    this.evolutions = new Evolutions(loop);
  }

  of(node: Node): Kind {
    const n = resolve(node);
    if (n.op === 'const' || !this.loop.blocks.has(n.block)) return 'stays';
    const known = this.known.get(n);
    if (known) return known;
    const kind = this.find(n);
    this.known.set(n, kind);
    return kind;
  }

  private find(n: Node): Kind {
    if (n.op === 'phi')
      return n.block === this.loop.header && this.evolutions.of(n) !== null ? 'counts' : 'varies';
    if (readsMemory(n) || n.op === 'load' || n.op === 'call') return 'varies';
    const kinds = n.args.map((a) => this.of(a));
    if (kinds.includes('counts')) return 'counts';
    return kinds.every((k) => k === 'stays') ? 'stays' : 'varies';
  }
}

/** An address under another offset is another sum to gcc, made of the index that comes round the loop where it is wanted: no pointer comes round for it. */
function keepAddresses(g: Graph, { nodes }: Prefix): void {
  const moved = new Set(nodes);
  const offsets = new Map<Node, Set<number>>();
  for (const n of nodes)
    if (isAccess(n)) {
      const address = resolve(n.args[0]!);
      offsets.set(address, (offsets.get(address) ?? new Set()).add(n.offset));
    }
  for (const b of g.blocks) {
    const made = new Map<Node, Node>();
    for (const n of b.nodes.slice()) {
      if (!isAccess(n) || moved.has(n)) continue;
      const address = resolve(n.args[0]!);
      if (address.op !== 'address' || !moved.has(address) || offsets.get(address)?.has(n.offset)) continue;
      const own = made.get(address) ?? g.copy(address, b, address.args.map(resolve));
      if (!made.has(address)) b.nodes.splice(b.nodes.indexOf(n), 0, own);
      made.set(address, own);
      n.args = [own, ...n.args.slice(1)];
    }
  }
}

const isAccess = (n: Node): boolean => n.op === 'load' || n.op === 'store';

function moveToEnd(
  g: Graph,
  { loop, nodes }: Prefix,
  copies: Map<Node, Map<Block, Node>>,
  found: Map<Node, Node>,
): void {
  const { header } = loop;
  const preheader = loop.preheader!;
  const end = latchOf(g, loop);
  const [start, next] = [preheader, end].map((b) => header.preds.findIndex((e) => e.from === b)) as [
    number,
    number,
  ];
  const before = new Map<Node, Node>();
  const after = new Map<Node, Node>();
  for (const phi of header.phis) {
    before.set(phi, resolve(phi.args[start]!));
    after.set(phi, resolve(phi.args[next]!));
  }
  for (const n of nodes) {
    const args = n.args.map(resolve);
    const copy = g.copy(
      n,
      preheader,
      args.map((a) => before.get(a) ?? a),
    );
    preheader.nodes.push(copy);
    before.set(n, copy);
    if (isBoundsTest(n)) found.set(copy, n);
    const given = args.map((a) => after.get(a) ?? a);
    n.block = end;
    n.args = given;
    end.nodes.push(n);
    copies.set(n, new Map([[preheader, copy]]));
  }
  header.nodes = header.nodes.slice(nodes.length);
}

/** A block of its own on the way back, with what the loop hands on. */
function latchOf(g: Graph, { header, blocks }: LoopNode): Block {
  const back = header.preds.filter((e) => blocks.has(e.from));
  const sum = (of: (e: Edge) => number) => back.reduce((all, e) => all + of(e), 0);
  const [weight, count] = [sum((e) => e.weight), sum((e) => e.count ?? 0)];
  const block = g.block(weight, header.origin, count);
  const edge: Edge = { from: block, to: header, weight, count };
  block.term = { kind: 'jump', edges: [edge] };
  block.preds = back;
  const inside = header.preds.map((e) => blocks.has(e.from));
  for (const phi of header.phis) {
    const own = g.node(
      block,
      'phi',
      phi.type,
      phi.args.filter((_, i) => inside[i]),
      { variable: phi.variable },
    );
    block.phis.push(own);
    phi.args = [...phi.args.filter((_, i) => !inside[i]), own];
  }
  header.preds = [...header.preds.filter((_, i) => !inside[i]), edge];
  for (const e of back) e.to = block;
  return block;
}

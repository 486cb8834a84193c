/** Iterations found by running a loop's test on constants (loop_niter_by_eval of tree-ssa-loop-niter.c): of values that each depend on one of the turn before. */
import { isConst, resolve, type Block, type Graph, type LoopNode, type Node } from '../ir.ts';
import { isComparison, simplify, type Make } from '../simplify.ts';

/** param max-iterations-to-track. */
const most = 1000;

interface Chain {
  /** What it starts from in each turn, null for a constant. */
  phi: Node | null;
  start: bigint;
  next: Node | null;
}

/** How often a block's test is made up to the time that it leaves the loop, where running it tells. */
export function tripsByEvaluation(g: Graph, loop: LoopNode, { term }: Block): number | null {
  if (term.kind !== 'branch') return null;
  const test = resolve(term.condition);
  const operands = isComparison(test) ? test.args.map(resolve) : [test];
  const chains = operands.map((n) => chainOf(n, loop));
  if (chains.some((c) => c === null) || chains.every((c) => c!.phi === null)) return null;
  const stays = loop.blocks.has(term.edges[0].to);
  let values = chains.map((c) => c!.start);
  for (let turn = 1; turn <= most; turn++) {
    const at = operands.map((n, i) => evaluate(g, n, chains[i]!.phi, values[i]!));
    if (at.some((v) => v === null)) return null;
    let holds: bigint | null = at[0]!;
    if (isComparison(test)) {
      const [x, y] = at.map((v, i) => g.constant(operands[i]!.type, v!));
      const known = simplify(g, g.node(test.block, test.op, 'i32', [x!, y!]), (...of) => make(g, ...of));
      holds = known && isConst(known) ? known.value : null;
    }
    if (holds === null) return null;
    if ((holds !== 0n) !== stays) return turn;
    const next = chains.map((c, i) => (c!.next ? evaluate(g, c!.next, c!.phi, values[i]!) : c!.start));
    if (next.some((v) => v === null)) return null;
    values = next as bigint[];
  }
  return null;
}

const make = (g: Graph, ...[op, type, args, extra = {}]: Parameters<Make>): Node => {
  const n = g.node(args[0]!.block, op, type, args, extra);
  return simplify(g, n, (...of) => make(g, ...of)) ?? n;
};

function chainOf(n: Node, loop: LoopNode): Chain | null {
  if (isConst(n)) return { phi: null, start: n.value, next: null };
  const phi = startOf(n, loop);
  if (!phi) return null;
  const inside = loop.header.preds.map((e) => loop.blocks.has(e.from));
  const starts = phi.args.map(resolve).filter((_, i) => !inside[i]);
  const nexts = phi.args.map(resolve).filter((_, i) => inside[i]);
  const [start, next] = [starts[0]!, nexts[0]!];
  if (!isConst(start) || starts.some((s) => s !== start) || nexts.some((x) => x !== next)) return null;
  if (!isConst(next) && startOf(next, loop) !== phi) return null;
  return { phi, start: start.value, next };
}

/** The loop's phi that a value is made from, by constants alone. */
function startOf(n: Node, loop: LoopNode): Node | null {
  let at = n;
  for (let steps = 0; steps < most; steps++) {
    if (isConst(at) || !loop.blocks.has(at.block)) return null;
    if (at.op === 'phi') return at.block === loop.header ? at : null;
    if (
      !/^(add|sub|mul|and|or|xor|sh[lr]|shr_[su]|rot[lr]|div_[su]|rem_[su]|ext8|ext16|wrap|sext|zext)$/.test(
        at.op,
      )
    )
      return null;
    const free = [...new Set(at.args.map(resolve).filter((a) => !isConst(a)))];
    if (free.length !== 1) return null;
    at = free[0]!;
  }
  return null;
}

function evaluate(g: Graph, n: Node, phi: Node | null, value: bigint): bigint | null {
  if (n === phi) return value;
  if (isConst(n)) return n.value;
  const args = n.args.map((a) => evaluate(g, resolve(a), phi, value));
  if (args.some((a) => a === null)) return null;
  const constants = args.map((v, i) => g.constant(resolve(n.args[i]!).type, v!));
  const known = make(g, n.op, n.type, constants, { name: n.name });
  return isConst(known) ? known.value : null;
}

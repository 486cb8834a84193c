/**
 * Rounds of a loop that only running its test on constants tells, as where what counts is doubled or goes up to where it wraps around, are counted by a variable of their own (ivcanon:
 * find_loop_niter_by_eval, create_canonical_iv of tree-ssa-loop-ivcanon.cc). What the loop counted by may then go.
 */
import { isConst, resolve, type Block, type Graph, type LoopNode, type Node } from './ir.ts';
import { Evolutions } from './linear.ts';
import { tripsByEvaluation } from './predict/evaluate.ts';
import { dominates } from './structure.ts';
import { tripCount } from './trip-count.ts';

export function addCanonicalCounters(g: Graph): void {
  for (const loop of g.loops) {
    if (tripCount(loop, new Evolutions(loop), 'exact') !== null) continue;
    const latches = loop.header.preds.filter((e) => loop.blocks.has(e.from)).map((e) => e.from);
    let first: { exit: Block; trips: number } | null = null;
    for (const exit of loop.blocks) {
      if (exit.loop !== loop || exit.term.kind !== 'branch' || !latches.every((l) => dominates(exit, l)))
        continue;
      if (exit.term.edges.every((e) => loop.blocks.has(e.to)) || countsInWords(loop, exit.term.condition))
        continue;
      const trips = tripsByEvaluation(g, loop, exit);
      if (trips !== null && (!first || trips < first.trips)) first = { exit, trips };
    }
    // A loop that does not go round has no variable.
    if (first && first.trips > 1) addCounter(g, loop, first.exit, first.trips);
  }
}

/** Whether a test asks what steps by a constant in 64 bits, whose end is known without running it. */
function countsInWords({ header }: LoopNode, condition: Node): boolean {
  const test = resolve(condition);
  return [test, ...test.args.map(resolve)].some((n) => {
    if (n.type !== 'i64' || isConst(n)) return false;
    const phi = n.op === 'phi' ? n : resolve(n.args[0] ?? n);
    return (
      phi.op === 'phi' && phi.block === header && phi.args.map(resolve).some((a) => /^(add|sub)$/.test(a.op))
    );
  });
}

function addCounter(g: Graph, loop: LoopNode, exit: Block, trips: number): void {
  const { term } = exit;
  if (term.kind !== 'branch') return;
  const { header } = loop;
  const before = resolve(term.condition);
  const origin = before.origin;
  const count = g.node(header, 'phi', 'i32', [], { origin });
  const one = g.constant('i32', 1n);
  const step = g.node(exit, 'add', 'i32', [count, one], { origin });
  count.args = header.preds.map((e) => (loop.blocks.has(e.from) ? step : g.constant('i32', 0n)));
  const stays = loop.blocks.has(term.edges[0].to) ? 'ne' : 'eq';
  const test = g.node(exit, stays, 'i32', [step, g.constant('i32', BigInt(trips))], { origin });
  header.phis.push(count);
  exit.nodes.push(step, test);
  term.condition = test;
}

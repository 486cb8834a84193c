/**
 * A counter of 64 bits that nothing but the end of its loop reads counts up in 32 bits, as far as the loop goes round: ivopts has an `int` from zero among its
 * candidates (add_standard_iv_candidates), and one of 64 bits costs two registers and an addition more.
 */
import { isConst, resolve, type Block, type Graph, type LoopNode, type Node } from './ir.ts';
import { inverted, isComparison } from './simplify.ts';
import { usersOf, type Users } from './users.ts';

/** Name of the step of such a counter: ivcanon's, which counts down to zero, is one of 64 bits as well. */
export const narrowed = 'narrowed';

export function narrowCounters(g: Graph): void {
  if (!g.blocks.some((b) => b.phis.some((p) => p.type === 'i64'))) return;
  const users = usersOf(g);
  for (const loop of g.loops)
    for (const phi of loop.header.phis.slice()) {
      const counter = phi.type === 'i64' ? counterOf(loop, phi, users) : null;
      if (counter) replace(g, loop, phi, counter);
    }
}

interface Counter {
  /** Which argument of the phi comes round. */
  inside: number;
  next: Node;
  exit: Block;
  trips: bigint;
}

function counterOf(loop: LoopNode, phi: Node, users: Users): Counter | null {
  const { preds } = loop.header;
  const inside = preds.findIndex((e) => loop.blocks.has(e.from));
  if (preds.length !== 2 || inside < 0 || !isConst(resolve(phi.args[1 - inside]!))) return null;
  const next = resolve(phi.args[inside]!);
  if (next.op !== 'add' || resolve(next.args[0]!) !== phi || !isConst(resolve(next.args[1]!))) return null;
  const readers = [...(users.get(phi) ?? []), ...(users.get(next) ?? [])].filter(
    (u) => u !== phi && u !== next,
  );
  const [test] = readers;
  if (readers.length !== 1 || !test || !('op' in test) || !isComparison(test)) return null;
  const exit = (users.get(test) ?? []).length === 1 ? users.get(test)![0]! : null;
  if (!exit || 'op' in exit || exit.term.kind !== 'branch' || !loop.blocks.has(exit)) return null;
  const [x, end] = test.args.map(resolve) as [Node, Node];
  if (!isConst(end)) return null;
  const start = resolve(phi.args[1 - inside]!).value;
  const step = resolve(next.args[1]!).value;
  const stays = loop.blocks.has(exit.term.edges[0].to) ? test.op : inverted(test.op);
  const trips = tripsTo(end.value, x === next ? start + step : start, step, stays);
  return trips !== null && trips < 2n ** 31n ? { inside, next, exit, trips } : null;
}

/** How often a test is made of what counts from `first`, while it stays; null where it may pass its end. */
function tripsTo(end: bigint, first: bigint, step: bigint, stays: string): bigint | null {
  const way = (end - first) * (step < 0n ? -1n : 1n);
  const by = step < 0n ? -step : step;
  if (by === 0n || end < 0n || first < 0n || way < 0n) return null;
  if (stays === 'ne') return way % by === 0n ? way / by + 1n : null;
  if (stays.slice(0, 2) === (step > 0n ? 'lt' : 'gt')) return (way + by - 1n) / by + 1n;
  return stays.slice(0, 2) === (step > 0n ? 'le' : 'ge') ? way / by + 2n : null;
}

function replace(g: Graph, loop: LoopNode, phi: Node, { inside, next, exit, trips }: Counter): void {
  const { header } = loop;
  if (exit.term.kind !== 'branch') return;
  const before = resolve(exit.term.condition);
  const count = g.node(header, 'phi', 'i32', [], { origin: phi.origin });
  const step = g.node(next.block, 'add', 'i32', [count, g.constant('i32', 1n)], {
    name: narrowed,
    origin: next.origin,
  });
  count.args = inside === 0 ? [step, g.constant('i32', 0n)] : [g.constant('i32', 0n), step];
  const stays = loop.blocks.has(exit.term.edges[0].to) ? 'ne' : 'eq';
  const test = g.node(before.block, stays, 'i32', [step, g.constant('i32', trips)], {
    origin: before.origin,
  });
  header.phis[header.phis.indexOf(phi)] = count;
  next.block.nodes[next.block.nodes.indexOf(next)] = step;
  before.block.nodes[before.block.nodes.indexOf(before)] = test;
  exit.term.condition = test;
}

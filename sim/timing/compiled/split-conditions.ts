/**
 * `if (a < b & c < d)` becomes two branches where branches are cheap (gcc's expand_gimple_cond, where BRANCH_COST is below 4): the second
 * comparison is made only after the first. `|` likewise.
 *
 *   b: x & y -> yes, no      b: x -> then, no      then: y -> yes, no
 */
import { endCount } from './edges.ts';
import { usersOf, type Users } from './users.ts';
import { isFloatComparison } from './float-operators.ts';
import { resolve, type Block, type Edge, type Graph, type Node } from './ir.ts';
import { isComparison } from './simplify.ts';
import { renewStructure } from './structure.ts';

/** To be asked after the guess of frequencies, which gcc makes of the code before. */
export function splitConditions(g: Graph): void {
  const users = usersOf(g);
  let changed = false;
  for (const b of [...g.blocks]) changed = split(g, b, users) || changed;
  if (!changed) return;
  renewStructure(g);
}

function split(g: Graph, b: Block, users: Users): boolean {
  const { term } = b;
  if (term.kind !== 'branch') return false;
  const condition = resolve(term.condition);
  if (!/^(and|or)$/.test(condition.op) || condition.type !== 'i32') return false;
  const [x, y] = condition.args.map(resolve) as [Node, Node];
  const here = [condition, x, y];
  if (x === y || ![x, y].every((n) => isComparison(n) || isFloatComparison(n))) return false;
  if (here.some((n) => users.get(n)?.length !== 1 || !b.nodes.includes(n))) return false;
  // What one comparison alone decides.
  const at = condition.op === 'and' ? 1 : 0;
  const decided = term.edges[at];
  const other = term.edges[1 - at]!;
  // No count says which of the two decided it: evenly, as gcc has it (do_jump_1 in dojump.cc).
  const early = decided.weight / 2;
  const guess = (decided.count ?? 0) / 2;
  const rest = endCount(b) - guess;
  const then = g.block(b.weight - early, b.origin, rest);
  const short: Edge = { from: b, to: decided.to, weight: early, count: guess };
  const on: Edge = { from: b, to: then, weight: b.weight - early, count: rest };
  decided.to.preds.push(short);
  const arrived = decided.to.preds.indexOf(decided);
  for (const phi of decided.to.phis) phi.args.push(phi.args[arrived]!);
  decided.from = other.from = then;
  decided.weight -= early;
  then.preds = [on];
  then.term = { kind: 'branch', condition: y, edges: term.edges };
  b.term = { kind: 'branch', condition: x, edges: at === 1 ? [on, short] : [short, on] };
  b.nodes = b.nodes.filter((n) => n !== condition && n !== y);
  y.block = then;
  then.nodes = [y];
  decided.count = guess;
  for (let l = b.loop; l; l = l.parent) l.blocks.add(then);
  then.loop = b.loop;
  return true;
}

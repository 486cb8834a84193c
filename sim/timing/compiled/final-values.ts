/**
 * Final values (gcc's tree-scalar-evolution.cc, final_value_replacement_loop): what a loop's variable has become behind a loop whose iterations are known when
 * it is entered is computed there, from where it began. The loop then need not keep the variable itself, only what its own accesses want.
 */
import { splitEdge } from './edges.ts';
import { conditionalIterationsOf } from './induction/iterations.ts';
import { hasEffect } from './optimize.ts';
import { isConst, resolve, type Block, type Edge, type Graph, type LoopNode, type Node } from './ir.ts';
import {
  addForms,
  constantForm,
  Evolutions,
  isConstantForm,
  isZeroForm,
  materialize,
  type Evolution,
  type Linear,
} from './linear.ts';
import { inverted, isComparison, simplify, type Make } from './simplify.ts';
import { dominates, renewStructure } from './structure.ts';
import { usersOf, type Users } from './users.ts';
import { Ranges } from './ranges.ts';

/** Times round before the only exit is taken: a sum, divided by a power of two. */
interface Rounds {
  sum: Linear;
  divisor: number;
  /** None if the first is less than the second, with signs. */
  unless?: readonly [Linear, Linear] | undefined;
}

export function computeFinalValues(g: Graph): void {
  let split = false;
  let users = usersOf(g);
  for (const loop of g.loops.toSorted((a, b) => b.depth - a.depth)) {
    const exit = onlyExit(loop);
    if (!exit) continue;
    const evolutions = new Evolutions(loop);
    const wanted = wantedBehind(loop, evolutions, users);
    if (wanted.size === 0) continue;
    const rounds = roundsOf(loop, exit.from, evolutions, new Ranges());
    if (!rounds) continue;
    split = replace(g, loop, exit, wanted, rounds) || split;
    users = usersOf(g);
  }
  if (!split) return;
  renewStructure(g);
}

/** The only edge out of a loop, traps included, where its test is made every time round. */
function onlyExit(loop: LoopNode): Edge | null {
  let exit: Edge | null = null;
  for (const b of loop.blocks) {
    if (b.nodes.some(mayTrap)) return null;
    for (const e of b.term.edges) {
      if (loop.blocks.has(e.to)) continue;
      if (exit) return null;
      exit = e;
    }
  }
  if (!exit || exit.from.loop !== loop || exit.from.term.kind !== 'branch') return null;
  const { from } = exit;
  const latches = loop.header.preds.filter((e) => loop.blocks.has(e.from));
  return latches.every((e) => dominates(from, e.from)) ? exit : null;
}

const mayTrap = (n: Node): boolean => hasEffect(n) && !/^(store|call|accessor|setglobal|param)$/.test(n.op);

/** Growing values with users behind the loop. */
function wantedBehind(loop: LoopNode, evolutions: Evolutions, users: Users): Map<Node, Evolution> {
  const wanted = new Map<Node, Evolution>();
  const isOutside = (user: Node | Block) => !loop.blocks.has('op' in user ? user.block : user);
  for (const b of loop.blocks)
    for (const n of [...b.phis, ...b.nodes]) {
      if (!users.get(n)?.some(isOutside)) continue;
      const e = evolutions.of(n);
      if (e && !isZeroForm(e.step)) wanted.set(n, e);
    }
  return wanted;
}

/** number_of_latch_executions. */
function roundsOf(loop: LoopNode, branch: Block, evolutions: Evolutions, ranges: Ranges): Rounds | null {
  if (branch.term.kind !== 'branch') return null;
  const test = resolve(branch.term.condition);
  const sides = isComparison(test) ? test.args.map(resolve) : [test];
  for (const node of sides) {
    const e = evolutions.of(node);
    if (!e || isZeroForm(e.step) || !evolutions.inside(node)) continue;
    const other = sides.find((s) => s !== node);
    const bound = other ? evolutions.of(other) : { base: constantForm(0), step: constantForm(0) };
    if (!bound || !isZeroForm(bound.step)) continue;
    const use = {
      ...{
        kind: 'compare' as const,
        node,
        offset: 0,
        base: e.base,
        step: e.step,
        at: { block: branch, index: 0 },
      },
      ...{ accesses: [], test, bound: bound.base, bits: 32, branch },
    };
    const n = conditionalIterationsOf(loop, use, evolutions, ranges);
    if (n) return { sum: n.count, divisor: 1, unless: n.unless };
    return exactRounds(loop, branch, test, e, bound.base);
  }
  return null;
}

/** Of a test for inequality that steps by a power of two, where the way is a multiple of it. */
function exactRounds(
  loop: LoopNode,
  branch: Block,
  test: Node,
  { base, step }: Evolution,
  bound: Linear,
): Rounds | null {
  if (branch.term.kind !== 'branch' || !isConstantForm(step)) return null;
  const relation = isComparison(test) ? test.op : 'ne';
  if ((loop.blocks.has(branch.term.edges[0].to) ? relation : inverted(relation)) !== 'ne') return null;
  const divisor = Math.abs(step.constant);
  if ((divisor & (divisor - 1)) !== 0) return null;
  const way = addForms(bound, base, -1);
  if (way.constant % divisor !== 0 || [...way.terms].some(([n, k]) => (k * multipleOf(n)) % divisor !== 0))
    return null;
  return { sum: step.constant > 0 ? way : addForms(constantForm(0), way, -1), divisor };
}

/** A power of two that divides a value. */
function multipleOf(node: Node): number {
  const n = resolve(node);
  const [a, b] = n.args.map(resolve);
  const low = (v: bigint) => (v === 0n ? 2 ** 31 : Number(v & -v));
  switch (n.op) {
    case 'const':
      return low(n.value);
    case 'and':
      // A mask of a narrow load is one of its own type to gcc, of which it no longer knows that in the wider one.
      if (isNarrow(a!, b!)) return 1;
      return isConst(b!) ? Math.max(low(b!.value), multipleOf(a!)) : 1;
    case 'shl':
      return isConst(b!) ? 2 ** Number(b!.value) * multipleOf(a!) : 1;
    case 'add':
    case 'sub':
      return Math.min(multipleOf(a!), multipleOf(b!));
    case 'mul':
      return multipleOf(a!) * multipleOf(b!);
    default:
      return 1;
  }
}

/** Whether a mask fits into what was loaded and extended. */
function isNarrow(a: Node, mask: Node): boolean {
  if (a.op !== 'load' || a.bytes >= 4 || a.type !== 'i32' || !isConst(mask)) return false;
  return mask.value >= 0n && mask.value < 1n << BigInt(8 * a.bytes - Number(a.signed));
}

function replace(
  g: Graph,
  loop: LoopNode,
  exit: Edge,
  wanted: ReadonlyMap<Node, Evolution>,
  rounds: Rounds,
): boolean {
  const shared = exit.to.preds.length > 1;
  const at = shared ? splitEdge(g, exit) : exit.to;
  const made: Node[] = [];
  const make: Make = (op, type, args, extra = {}) => {
    const node = g.node(at, op, type, args.map(resolve), { ...extra, origin: at.origin });
    // gcc folds as it makes them, without a look at what their operands come from.
    const simpler = op === 'shl' ? null : simplify(g, node, make);
    if (simpler) return simpler;
    made.push(node);
    return node;
  };
  const values = new Map([...wanted].map(([n, e]) => [n, finalValue(g, e, rounds, make)] as const));
  const final = (value: Node): Node => values.get(resolve(value)) ?? value;
  for (const b of g.blocks) {
    if (loop.blocks.has(b)) continue;
    for (const n of [...b.phis, ...b.nodes]) n.args = n.args.map(final);
    if ('condition' in b.term) b.term.condition = final(b.term.condition);
    if (b.term.kind === 'return') b.term.values = b.term.values.map(final);
  }
  at.nodes.unshift(...made);
  return shared;
}

function finalValue(g: Graph, { base, step }: Evolution, { sum, divisor, unless }: Rounds, make: Make): Node {
  if (unless) {
    const [first, second] = unless.map((form) => materialize(g, form, make)) as [Node, Node];
    const none = make('lt_s', 'i32', [first, second]);
    const rounds = make('select', 'i32', [none, g.constant('i32', 0n), materialize(g, sum, make)]);
    const grown = make('mul', 'i32', [rounds, materialize(g, step, make)]);
    return make('add', 'i32', [materialize(g, base, make), grown]);
  }
  if (isConstantForm(step) && step.constant % divisor === 0)
    return materialize(g, addForms(base, sum, step.constant / divisor), make);
  if (isConstantForm(sum)) return materialize(g, addForms(base, step, sum.constant / divisor), make);
  const ways = materialize(g, sum, make);
  const rounds =
    divisor === 1 ? ways : make('shr_u', 'i32', [ways, g.constant('i32', BigInt(Math.log2(divisor)))]);
  const grown = make('mul', 'i32', [rounds, materialize(g, step, make)]);
  return make('add', 'i32', [materialize(g, base, make), grown]);
}

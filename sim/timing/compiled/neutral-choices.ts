/**
 * An operation on a choice of which one arm makes it nothing: `x - (c ? m : 0)`. wasm2c's choice is a branch to gcc, and on the way of the zero the difference is x, which is
 * there already, so partial redundancy elimination works it out on the other way only (phi_translate and fully_constant_expression in tree-ssa-pre.c): a choice between x - m
 * and x. Of 32 bits that is one instruction under the condition in the end, of 64 bits, whose carry needs the flags, it stays a branch.
 */
import { addEdge, endCount } from './edges.ts';
import { isConst, resolve, resolveAll, type Block, type Graph, type Node } from './ir.ts';
import { commutative } from './simplify.ts';
import { renewStructure } from './structure.ts';
import { usersOf, type Users } from './users.ts';

/** What leaves the first operand alone as the second, by operation; or what leaves nothing of it. */
const neutral: Readonly<Record<string, bigint>> = {
  ...{ add: 0n, sub: 0n, or: 0n, xor: 0n, shl: 0n, shr_u: 0n, shr_s: 0n },
  ...{ mul: 1n, and: -1n },
};
const absorbing: Readonly<Record<string, bigint>> = { mul: 0n, and: 0n, or: -1n };
/** Behind these, control may not go on. */
const mayEnd = /^(check|guard|guard64|divcheck|call|enter|accessor)$/;

export function splitNeutralChoices(g: Graph): void {
  const users = usersOf(g);
  const work = [...g.blocks];
  let changed = false;
  while (work.length) {
    const b = work.pop()!;
    for (const n of b.nodes.slice()) {
      const found = neutralOf(n, b, users);
      if (!found) continue;
      if (n.type === 'i32') choose(g, b, n, found);
      else {
        work.push(branch(g, b, n, found));
        changed = true;
        break;
      }
    }
  }
  resolveAll(g);
  if (!changed) return;
  renewStructure(g);
}

interface Neutral {
  choice: Node;
  /** Which argument of the operation the choice is. */
  at: number;
  /** Whether the first arm is the one that does something. */
  first: boolean;
  /** What comes out on the other way. */
  rest: Node | bigint;
}

function neutralOf(n: Node, b: Block, users: Users): Neutral | null {
  if (!(n.op in neutral) || (n.type !== 'i32' && n.type !== 'i64')) return null;
  const args = n.args.map(resolve);
  for (const at of commutative.has(n.op) ? [1, 0] : [1]) {
    const [choice, x] = [args[at]!, args[1 - at]!];
    if (choice.op !== 'select' || choice.block !== b || choice === x || isConst(x)) continue;
    if ((users.get(choice) ?? []).length !== 1) continue;
    const arms = choice.args.slice(1).map(resolve) as [Node, Node];
    // What is chosen between two constants is one or the other of them by arithmetic, where it can be (phiopt).
    if (arms.every((a) => isConst(a)) && arms.some((a) => isPower(a.value) || a.value === -1n)) continue;
    const [from, to] = [b.nodes.indexOf(choice), b.nodes.indexOf(n)];
    if (from < 0 || to < from || b.nodes.slice(from, to).some((m) => mayEnd.test(m.op))) continue;
    if (x.block === b && x.op !== 'phi' && b.nodes.indexOf(x) > from) continue;
    for (const arm of [0, 1]) {
      const value = arms[arm]!;
      if (!isConst(value)) continue;
      if (value.value === neutral[n.op]) return { choice, at, first: arm === 1, rest: x };
      if (value.value === absorbing[n.op]) return { choice, at, first: arm === 1, rest: value.value };
    }
  }
  return null;
}

const isPower = (v: bigint): boolean => v > 0n && (v & (v - 1n)) === 0n;

const without = (g: Graph, n: Node, rest: Node | bigint): Node =>
  typeof rest === 'bigint' ? g.constant(n.type, rest) : rest;

/** The operation on one arm, where the choice stood. */
function choose(g: Graph, b: Block, n: Node, { choice, at, first, rest }: Neutral): void {
  const arm = resolve(choice.args[first ? 1 : 2]!);
  const args = n.args.map((a, i) => (i === at ? arm : a));
  const made = g.node(b, n.op, n.type, args, { origin: n.origin });
  const other = without(g, n, rest);
  const by = [resolve(choice.args[0]!), ...(first ? [made, other] : [other, made])];
  const chosen = g.node(b, 'select', n.type, by, {
    variable: n.variable,
    chosen: choice.chosen,
    origin: choice.origin,
  });
  b.nodes.splice(b.nodes.indexOf(choice), 1, made, chosen);
  b.nodes.splice(b.nodes.indexOf(n), 1);
  n.forward = chosen;
}

/** A branch around it; gives what comes behind. */
function branch(g: Graph, b: Block, n: Node, { choice, at, first, rest }: Neutral): Block {
  const index = b.nodes.indexOf(choice);
  const behind = g.block(b.weight, b.origin, endCount(b));
  behind.nodes = b.nodes.splice(index + 1).filter((m) => m !== n);
  b.nodes.pop();
  for (const m of behind.nodes) m.block = behind;
  behind.term = b.term;
  for (const e of behind.term.edges) e.from = behind;
  const share = choice.chosen ? choice.chosen.first : 1 / 2;
  const weight = b.weight * (first ? share : 1 - share);
  const half = behind.count / 2;
  const aside = g.block(weight, b.origin, half);
  const arm = resolve(choice.args[first ? 1 : 2]!);
  const made = g.node(
    aside,
    n.op,
    n.type,
    n.args.map((a, i) => (i === at ? arm : a)),
    { origin: n.origin },
  );
  aside.nodes = [made];
  const into = addEdge(b, aside, weight, half);
  const past = addEdge(b, behind, b.weight - weight, half);
  aside.term = { kind: 'jump', edges: [addEdge(aside, behind, weight, half)] };
  const condition = resolve(choice.args[0]!);
  b.term = { kind: 'branch', condition, edges: first ? [into, past] : [past, into] };
  if (choice.chosen) g.branched.push(choice.chosen);
  const phi = g.node(behind, 'phi', n.type, [], { variable: n.variable, origin: n.origin });
  phi.args = behind.preds.map((e) => (e.from === aside ? made : without(g, n, rest)));
  behind.phis = [phi];
  n.forward = phi;
  return behind;
}

/**
 * Branches that are gone before any is guessed (fre1 and evrp run before profile_estimate): those that constants decide, and those that ranges do, when accessors
 * are calls yet. What stays and holds for one value only is a comparison with that value, of which the guesses say something else.
 */
import { asEquality, outcome } from '../decided-branches.ts';
import { dropEdge } from '../edges.ts';
import { isConst, resolve, type Block, type Graph, type Node, type Term } from '../ir.ts';
import { tidy } from '../optimize.ts';
import { Ranges } from '../ranges.ts';
import { renewStructure } from '../structure.ts';

/** A comparison for equality that compared with signs. */
export const ofSigned = 'signed';

type Table = Extract<Term, { kind: 'table' }>;
type Branch = Extract<Term, { kind: 'branch' }>;

/** Takes decided branches out of an early graph; how likely each of their ways is: 1 or 0. */
export function decideEarly(g: Graph): Map<number, number> {
  const ways = new Map<number, number>();
  do tidyNoting(g, ways);
  while (decide(g, ways));
  return ways;
}

function tidyNoting(g: Graph, ways: Map<number, number>): void {
  const branches = g.blocks.flatMap(({ term }) => (term.kind === 'branch' ? [term] : []));
  tidy(g);
  renewStructure(g);
  for (const { condition, edges } of branches) {
    const known = resolve(condition);
    if (!isConst(known)) continue;
    for (const [i, { exit }] of edges.entries())
      if (exit !== undefined) ways.set(exit, (i === 0) === (known.value !== 0n) ? 1 : 0);
  }
}

function decide(g: Graph, ways: Map<number, number>): boolean {
  const ranges = new Ranges(true, true);
  const found: { term: Branch; condition: Node }[] = [];
  let decided = false;
  for (const b of g.blocks) {
    if (b.term.kind !== 'branch') continue;
    const condition = resolve(b.term.condition);
    const is = outcome(condition, b, ranges);
    if (is === null) {
      const equality = equalityOf(g, condition, b, ranges);
      if (equality) found.push({ term: b.term, condition: equality });
    } else if (b.term.edges[is ? 1 : 0].weight === 0) {
      // What the run took is not to be lost, whatever ranges say.
      found.push({ term: b.term, condition: g.constant('i32', is ? 1n : 0n) });
      decided = true;
    }
  }
  for (const b of g.blocks)
    if (b.term.kind === 'table' && dropCases(b.term, ranges.at(b.term.condition, b).high, ways))
      decided = true;
  for (const { term, condition } of found) term.condition = condition;
  return decided;
}

/** Ways of a table that nothing chooses. */
function dropCases(term: Table, high: number, ways: Map<number, number>): boolean {
  const gone = term.edges.slice(high + 1);
  if (gone.some((e) => e.weight > 0)) return false;
  for (const e of gone) {
    if (e.exit !== undefined) ways.set(e.exit, 0);
    dropEdge(e);
  }
  term.edges = term.edges.slice(0, high + 1);
  return gone.length > 0;
}

function equalityOf(g: Graph, n: Node, b: Block, ranges: Ranges): Node | null {
  const one = asEquality(n, b, ranges);
  if (!one) return null;
  const x = resolve(n.args[0]!);
  const made = g.node(b, one.op, 'i32', [x, g.constant(x.type, BigInt(one.value))], {
    name: n.op.endsWith('_s') ? ofSigned : '',
    origin: n.origin,
  });
  b.nodes.push(made);
  return made;
}

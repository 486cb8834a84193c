/** A choice as the branch that it is to gcc: wasm2c writes every select as c ? a : b. */
import { endCount } from './edges.ts';
import { resolve, type Edge, type Graph, type Node } from './ir.ts';

/** How often the ways that decide a choice come, by what they decide: its share, where nobody counted it. */
export type Decided = [yes: number, no: number];

export function splitChoice(g: Graph, choice: Node, [yesRuns, noRuns]: Decided = [0, 0]): void {
  const b = choice.block;
  const behind = g.block(b.weight, b.origin, endCount(b));
  behind.nodes = b.nodes.splice(b.nodes.indexOf(choice) + 1);
  b.nodes.pop();
  for (const n of behind.nodes) n.block = behind;
  behind.term = b.term;
  for (const e of behind.term.edges) e.from = behind;
  const [condition, yes, no] = choice.args.map(resolve) as [Node, Node, Node];
  const guessed = yesRuns + noRuns > 0 ? yesRuns / (yesRuns + noRuns) : 1 / 2;
  const share = choice.chosen ? choice.chosen.first : guessed;
  const half = behind.count / 2;
  const aside = g.block(b.weight * (1 - share), b.origin, half);
  const into: Edge = { from: b, to: aside, weight: aside.weight, count: half };
  const past: Edge = { from: b, to: behind, weight: b.weight * share, count: half };
  const on: Edge = { from: aside, to: behind, weight: aside.weight, count: half };
  aside.preds = [into];
  aside.term = { kind: 'jump', edges: [on] };
  behind.preds = [past, on];
  b.term = { kind: 'branch', condition, edges: [past, into] };
  const phi = g.node(behind, 'phi', choice.type, [yes, no], {
    variable: choice.variable,
    origin: choice.origin,
  });
  behind.phis = [phi];
  choice.forward = phi;
  if (choice.chosen) g.branched.push(choice.chosen);
}

import { expect, it } from 'vitest';
import { Evolutions } from '../linear.ts';
import { Graph, type Block, type Edge, type LoopNode } from '../ir.ts';
import { Ranges } from '../ranges.ts';
import { analyseStructure } from '../structure.ts';
import { guessTests } from './iv-compare.ts';
import { guess, type Guess, type Spot, type Way } from './skeleton.ts';

/** for (i = 0; i < 120; i++) if (i OP bound): guesses of the test inside. */
function guesses(op: 'ge_s' | 'lt_s' | 'ne', bound: number): [string, number][] {
  const g = new Graph();
  const origin = { f: 0, block: 0 };
  const [entry, header, body, latch, exit] = [1, 2, 3, 4, 5].map((w) => g.block(w, origin)) as [
    ...[Block, Block, Block, Block, Block],
  ];
  const edge = (from: Block, to: Block): Edge => {
    const e = { from, to, weight: 1 };
    to.preds.push(e);
    return e;
  };
  const constant = (v: number) => g.constant('i32', BigInt(v));
  entry.term = { kind: 'jump', edges: [edge(entry, header)] };
  const counter = g.node(header, 'phi', 'i32', []);
  header.phis.push(counter);
  const next = g.node(latch, 'add', 'i32', [counter, constant(1)]);
  latch.nodes.push(next);
  // What evrp leaves of i < 120.
  const going = g.node(header, 'ne', 'i32', [counter, constant(120)]);
  header.term = { kind: 'branch', condition: going, edges: [edge(header, body), edge(header, exit)] };
  const asked = g.node(body, op, 'i32', [counter, constant(bound)]);
  body.term = { kind: 'branch', condition: asked, edges: [edge(body, latch), edge(body, latch)] };
  latch.term = { kind: 'jump', edges: [edge(latch, header)] };
  counter.args = [constant(0), next];
  g.entry = entry;
  analyseStructure(g);
  const [loop] = g.loops as [LoopNode];
  const spotOf = (block: Block): Spot => {
    const spot = { block, out: [] as Way[], guesses: [] as Guess[] } as unknown as Spot;
    for (const e of block.term.edges) spot.out.push({ from: spot, to: spot, edge: e });
    return spot;
  };
  const [first, spot] = [spotOf(header), spotOf(body)];
  guess(first.out[1]!, 'loop iterations', 83);
  guessTests(first, [first, spot], [first.out[1]!], new Evolutions(loop), new Ranges(true, true));
  const found = spot.guesses;
  return found.map(({ predictor, probability }) => [predictor, probability]);
}

/*
 * Kernel movvar, gcc 12.2, dump of profile_estimate: if (i >= 32) in a loop of 120 rounds.
 *   loop iv compare heuristics of edge 11->12: 74.16%
 */
it('takes the share of the rounds for how likely a test of the counter is', () => {
  expect(guesses('ge_s', 32)).toEqual([['loop iv compare exactly', 7416]]);
  expect(guesses('lt_s', 32)).toEqual([['loop iv compare exactly', 2666]]);
});

it('expects a counter to be another than a certain one', () => {
  expect(guesses('ne', 3)).toEqual([['loop iv compare', 6400]]);
});

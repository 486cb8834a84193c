/** What loops say of their branches (predict_loops of predict.c): numbers of iterations, exits, tests that guard a loop inside another. */
import { isFull } from '../arcs.ts';
import { resolve, type Block, type Graph, type LoopNode } from '../ir.ts';
import { Evolutions } from '../linear.ts';
import { Ranges } from '../ranges.ts';
import { isComparison } from '../simplify.ts';
import { tripsAtExit } from '../trip-count.ts';
import { base } from './combine.ts';
import { guessExtraExits } from './extra-exits.ts';
import { guessTests } from './iv-compare.ts';
import { guessPathsTo, type Shape } from './paths.ts';
import { tripsByEvaluation } from './evaluate.ts';
import { mostRounds } from './few-rounds.ts';
import { guess, within, type Skeleton, type Spot, type Way } from './skeleton.ts';

/** param max-predicted-iterations. */
const maximumIterations = 100;
/** PRED_LOOP_EXIT and PRED_LOOP_EXIT_WITH_RECURSION, shared by the exits, traps included, but no less than 2 % each. */
const [leaves, leavesWithRecursion, leastLeaves] = [1100, 2200, 200];
/** PRED_LOOP_GUARD and PRED_LOOP_GUARD_WITH_RECURSION: that a loop inside is come to. */
const [guarded, guardedWithRecursion] = [2700, 1500];

/** Predictors that keep others of loops away. */
const ofLoops = /^(loop (iterations|exit)|extra loop exit)/;

export function guessLoops(g: Graph, shape: Shape, skeleton: Skeleton): void {
  const { spots } = skeleton;
  // Of evrp, when accessors are calls.
  const ranges = new Ranges(true, true);
  const { loops } = g;
  const bodies = new Map<LoopNode, Spot[]>(loops.map((l) => [l, []]));
  for (const s of spots) for (let l = s.loop; l; l = l.parent) bodies.get(l)?.push(s);
  for (const loop of loops.toSorted((a, b) => b.depth - a.depth)) {
    const known = shape.loops.get(loop);
    if (!known) continue;
    const body = bodies.get(loop)!;
    const recursion = body.some((s) => s.recurs);
    const exits = body.flatMap((s) => s.out.filter((w) => !within(w.to, loop)));
    if (exits.length === 0) continue;
    for (const way of exits) guessExtraExits(shape, skeleton, loop, way, ranges);
    const { preheader, header, outer } = known;
    guessExits(g, loop, header, body, exits, recursion, ranges);
    if (outer && !shape.forward.dominates(header, shape.loops.get(outer)!.latch)) {
      const p = recursion ? guardedWithRecursion : guarded;
      guessPathsTo(shape, preheader, recursion ? 'loop guard with recursion' : 'loop guard', p, outer);
    }
  }
}

/** Up to an end that counts itself, a constant away from the start: where ranges say that what comes behind that end does not wrap around (number_of_iterations_le). */
function tripsByDifference(
  loop: LoopNode,
  block: Block,
  evolutions: Evolutions,
  ranges: Ranges,
): number | null {
  const test = block.term.kind === 'branch' ? resolve(block.term.condition) : null;
  if (!test || !isComparison(test) || test.args.some((n) => isFull(ranges.anyAt(n, block)))) return null;
  return tripsAtExit(loop, block, evolutions, 'atMost');
}

const shareOf = (n: number): number => Math.floor((base + Math.floor(n / 2)) / n);

function guessExits(
  g: Graph,
  loop: LoopNode,
  header: Spot,
  body: readonly Spot[],
  exits: readonly Way[],
  recursion: boolean,
  ranges: Ranges,
): void {
  const evolutions = new Evolutions(loop);
  const isGuessed = (s: Spot) => s.guesses.some((g) => ofLoops.test(g.predictor));
  for (const way of exits) {
    const { block, out } = way.from;
    if (!block || out.length !== 2 || !way.edge || isGuessed(way.from)) continue;
    const trips =
      tripsAtExit(loop, block, evolutions, 'entered') ??
      tripsByDifference(loop, block, evolutions, ranges) ??
      tripsByEvaluation(g, loop, block);
    if (trips !== null) guess(way, 'loop iterations', shareOf(Math.min(trips, maximumIterations)));
    else if (exits.length === 1) {
      const most = mostRounds(loop, block, evolutions, ranges);
      // No more than loops are expected to make anyway.
      if (most !== null && most < shareOf(recursion ? leavesWithRecursion : leaves))
        guess(way, 'loop iterations at most', shareOf(most));
    }
  }
  const share = Math.floor((recursion ? leavesWithRecursion : leaves) / exits.length);
  const free = new Set(body.filter((s) => !isGuessed(s)));
  for (const way of exits)
    if (free.has(way.from) && way.from.out.length > 1)
      guess(way, recursion ? 'loop exit with recursion' : 'loop exit', Math.max(leastLeaves, share));
  guessTests(header, body, exits, evolutions, ranges);
}

/** Ways that lead to something likely or unlikely and nowhere else (predict_paths_leading_to of predict.c). */
import type { LoopNode } from '../ir.ts';
import type { Dominance } from './dominance.ts';
import { guess, within, type LoopSpots, type Spot, type Way } from './skeleton.ts';

export interface Shape {
  forward: Dominance;
  backward: Dominance;
  loops: ReadonlyMap<LoopNode, LoopSpots>;
}

/** Guesses the ways that enter the part of the function from which `spot` is always reached. */
export function guessPathsTo(
  shape: Shape,
  spot: Spot,
  predictor: string,
  probability: number,
  loop: LoopNode | null = null,
): void {
  const visited = new Set<Spot>();
  const { forward, backward } = shape;
  const visit = (at: Spot, target: Spot): void => {
    if (loop && (!within(at, loop) || forward.dominates(at, shape.loops.get(loop)!.latch))) return;
    for (const way of at.in) {
      const { from } = way;
      if (backward.dominates(target, from)) continue;
      const others = from.out.some(
        (w) =>
          w !== way &&
          !backward.dominates(target, w.to) &&
          !(loop && within(from, loop) && !within(w.to, loop)),
      );
      if (others) {
        if (!from.guesses.some((g) => g.way === way && g.predictor === predictor))
          guess(way, predictor, probability);
      } else if (!visited.has(from)) {
        visited.add(from);
        visit(from, from);
      }
    }
    for (const son of backward.sons(at)) visit(son, target);
  };
  visit(spot, spot);
}

/** Guesses a way, or where all that leaves its start comes together again, the ways that lead there (predict_paths_leading_to_edge). */
export function guessPathsAlong(
  shape: Shape,
  way: Way,
  predictor: string,
  probability: number,
  loop: LoopNode | null = null,
): void {
  const { from, to } = way;
  const branches = from.out.some(
    (w) => w.to !== from && w.to !== to && !w.to.traps && !shape.backward.dominates(beyond(w), from),
  );
  if (branches) guess(way, predictor, probability);
  else guessPathsTo(shape, from, predictor, probability, loop);
}

/** Where a way goes on behind blocks with nothing in them. */
function beyond({ to }: Way): Spot {
  let at = to;
  while (at.in.length === 1 && at.out.length === 1 && !at.jumps && at.block?.nodes.length === 0)
    at = at.out[0]!.to;
  return at;
}

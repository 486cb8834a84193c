/** Ways that return a constant are unlikely where others return something else (apply_return_prediction of predict.c). */
import { isConst, resolve, type Block, type Edge, type Graph, type Node } from '../ir.ts';
import { guessPathsAlong, type Shape } from './paths.ts';
import type { Skeleton, Way } from './skeleton.ts';

/** PRED_CONST_RETURN. */
const toConstant = 3500;

export function guessReturns(shape: Shape, g: Graph, { spots, returns }: Skeleton): void {
  if (!returns) return;
  const found: { value: Node; way: Way }[] = [];
  const ofBlock = new Map(spots.flatMap((s) => (s.block ? [[s.block, s] as const] : [])));
  const arrive = (b: Block, value: Node, way: Way | undefined): void => {
    // Phis that only hand values on are one.
    if (value.op === 'phi' && value.block === b && b.nodes.every((n) => !/^(check|call|store)$/.test(n.op)))
      b.preds.forEach((e: Edge, i) => {
        const into = ofBlock.get(e.from)?.out.find((w) => w.edge === e);
        arrive(e.from, resolve(value.args[i]!), into);
      });
    else if (way) found.push({ value, way });
  };
  for (const b of g.blocks) {
    const value = b.term.kind === 'return' ? b.term.values[0] : undefined;
    if (value)
      arrive(
        b,
        resolve(value),
        ofBlock.get(b)?.out.find((w) => w.to === returns),
      );
  }
  // All of a kind say nothing.
  if (found.every(({ value }) => isTelling(value)) || !found.some(({ value }) => isTelling(value))) return;
  for (const { value, way } of found)
    if (isTelling(value)) guessPathsAlong(shape, way, 'const return', toConstant);
}

/** wasm2c's values are unsigned, so none is negative; 0 and 1 may be truths. */
const isTelling = (n: Node): boolean =>
  isConst(n) && n.type !== 'f32' && n.type !== 'f64' && n.value !== 0n && n.value !== 1n;

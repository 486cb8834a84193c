/** What a network's outputs are: scores of an equal error rate are taken differently. */
import { kernelRefusals } from '../../common/refusals/index.ts';
import type { Network } from '../graph/network.ts';

/** What the last layer leaves: shares of 1, or logits. */
export function outputsOf({ layers }: Network): 'logits' | 'probabilities' {
  const { kind } = layers.at(-1)!;
  return kind === 'softmax' || kind === 'forest' || kind === 'neighbours' ? 'probabilities' : 'logits';
}

/** How far a row of a softmax in float32 may be from 1. */
const TOLERANCE = 0.01;

/**
 * Float outputs saved before the softmax of a model that ends in one would be held against its shares: refused (ESC308). Ensembles
 * of trees may add up to anything.
 */
export function requireShares(
  { layers }: Network,
  floatOutputs: readonly Float64Array[],
  where: { file: string; tensor: string },
): void {
  if (layers.at(-1)!.kind !== 'softmax') return;
  floatOutputs.forEach((row, window) => {
    const sum = row.reduce((a, b) => a + b, 0);
    if (Math.abs(sum - 1) > TOLERANCE || row.some((share) => share < -TOLERANCE))
      throw kernelRefusals.notShares(where.file, where.tensor, window, sum);
  });
}

/** Closed-set identification: decide() returns the class with the largest score; of equal ones the first. */
import { pipelineRefusals } from '../../common/refusals/index.ts';
import type { DecisionDefinition } from './decision.ts';
import { names } from './part.ts';
import { refuseStale, stale } from './stale.ts';

export const argmax: DecisionDefinition<'argmax'> = {
  kind: 'argmax',
  check(_decision, variants) {
    for (const { where, variant } of variants) {
      if (variant.threshold !== undefined)
        throw pipelineRefusals.uselessThreshold(`${where}.threshold`, 'argmax');
      if (variant.evaluation && variant.evaluation.kind !== 'identification')
        throw pipelineRefusals.evaluationMisfit(
          `${where}.evaluation.kind`,
          variant.evaluation.kind,
          'argmax',
        );
    }
  },
  lower(_decision, { output: { block, type, length } }) {
    const library = type === 'i16' ? 'argmax16' : 'argmax32';
    return {
      decide: {
        blocks: [],
        stage: {
          name: 'decision_argmax',
          title: 'largest score',
          blocks: [block, names.windowState],
          uses: { argmax: [library] },
          body: [...refuseStale, `return ${library}($${block}, ${length});`],
          returns: 'i32',
          macs: 0,
          proofs: [],
          run: (memory) => stale(memory) || argmaxOf(type === 'i16' ? memory.i16(block) : memory.i32(block)),
        },
      },
      manifest: { kind: 'argmax', classes: length },
    };
  },
};

/** Index of the largest value; of equal ones the first. */
export function argmaxOf(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

/** Softmax over the features of each step; the result is Q15. */
import type { SoftmaxLayer } from '../graph/network.ts';
import { multiplier } from '../quantize/multiplier.ts';
import { prove } from '../quantize/prove.ts';
import { exp2Block, exp2Table } from '../quantize/tables.ts';
import { address, call } from './code.ts';
import { softmax as integerSoftmax } from './integer/softmax.ts';
import { Q15, type LayerKind } from './layer-kind.ts';

/** Steps to one unit of log2 in Q16. */
const LOG2_ONE = 65536;

export const softmax: LayerKind<SoftmaxLayer> = {
  reads: (layer) => [layer.input],
  writes: (layer) => [layer.output],
  macs: () => 0,

  evaluate({ input, output }, buffers) {
    const { steps, features } = input;
    for (let step = 0; step < steps; step++) {
      const start = input.offset + step * features;
      const x = buffers[input.buffer].subarray(start, start + features);
      const largest = Math.max(...x);
      const powers = x.map((v) => Math.exp(v - largest));
      const total = powers.reduce((a, b) => a + b, 0);
      buffers[output.buffer].set(
        powers.map((p) => p / total),
        output.offset + step * features,
      );
    }
  },

  wish: () => ({ kind: 'fixed', format: Q15 }),

  quantize(layer, { name, formatOf, blockOf }) {
    const { input, output } = layer;
    const { steps, features } = input;
    const from = blockOf(input.buffer);
    const to = blockOf(output.buffer);
    const toExponent = multiplier(formatOf(input.buffer).scale * Math.LOG2E * LOG2_ONE);
    return {
      blocks: [exp2Block],
      stage: {
        name,
        title: layer.name,
        blocks: [from, to, exp2Block.name],
        uses: { softmax: ['softmax'] },
        body: call(
          'softmax',
          [
            [steps, features],
            [address(from, input.offset), address(to, output.offset)],
            [toExponent.m, toExponent.shift, `$${exp2Block.name}`],
          ],
          ['steps, features', '', `difference * ${toExponent.m} / 2^${toExponent.shift} is log2 in Q16`],
        ),
        returns: 'void',
        macs: 0,
        proofs: [prove(layer.name, 'softmax, sum of powers', [features * 32768])],
        parallel: layer.parallel,
        run(memory) {
          integerSoftmax({
            steps,
            features,
            x: memory.i16(from),
            xStart: input.offset,
            y: memory.i16(to),
            yStart: output.offset,
            toExponent,
            exp2Table,
          });
        },
      },
    };
  },
};

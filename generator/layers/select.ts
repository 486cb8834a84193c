/** One of several results by the largest score of a gate: the model that fits the context. */
import type { SelectLayer } from '../graph/network.ts';
import { argmaxOf } from '../stages/argmax.ts';
import { narrowMultiplier } from '../quantize/multiplier.ts';
import { address, window16 } from './code.ts';
import { rescale16 } from './integer/fixed.ts';
import type { LayerKind } from './layer-kind.ts';

/** Block that holds the place of the gate's largest score: i32[1]. A network has one gate at most. */
export const CHOICE_BLOCK = 'model_choice';

export const select: LayerKind<SelectLayer> = {
  reads: (layer) => [layer.gate, ...layer.inputs],
  writes: (layer) => [layer.output],
  macs: () => 0,

  evaluate({ gate, inputs, output }, buffers) {
    const scores = buffers[gate.buffer].subarray(gate.offset, gate.offset + gate.features);
    const { buffer, offset, features } = inputs[argmaxOf(scores)];
    buffers[output.buffer].set(buffers[buffer].subarray(offset, offset + features), output.offset);
  },

  wish: (layer, formatOf) => ({
    kind: 'fixed',
    format: { type: 'i16', scale: Math.max(...layer.inputs.map((v) => formatOf(v.buffer).scale)) },
  }),

  quantize(layer, { name, formatOf, blockOf }) {
    const { gate, inputs, output } = layer;
    const to = blockOf(output.buffer);
    const { scale } = formatOf(output.buffer);
    const parts = inputs.map((input) => ({
      input,
      from: blockOf(input.buffer),
      ...narrowMultiplier(formatOf(input.buffer).scale / scale),
    }));
    const gateBlock = blockOf(gate.buffer);
    return {
      blocks: [
        {
          name: CHOICE_BLOCK,
          type: 'i32',
          length: 1,
          kind: 'io',
          note: 'place of the largest score of the gate',
        },
      ],
      stage: {
        name,
        title: layer.name,
        blocks: [...new Set([gateBlock, ...parts.map((p) => p.from), to, CHOICE_BLOCK])],
        uses: { select: ['choose', 'take'] },
        body: [
          `const best = choose(${address(gateBlock, gate.offset)}, ${gate.features}, $${CHOICE_BLOCK});`,
          ...parts.map(
            ({ input, from, m, shift }, i) =>
              `${i > 0 ? 'else ' : ''}if (best == ${i}) take(${output.features}, ${address(from, input.offset)}, ${address(to, output.offset)}, ${m}, ${shift});`,
          ),
        ],
        returns: 'void',
        macs: 0,
        proofs: [],
        parallel: layer.parallel,
        run(memory) {
          const best = argmaxOf(window16(memory, gateBlock, gate));
          memory.i32(CHOICE_BLOCK)[0] = best;
          const { input, from, m, shift } = parts[best];
          window16(memory, to, output).set(window16(memory, from, input).map((x) => rescale16(x, m, shift)));
        },
      },
    };
  },
};

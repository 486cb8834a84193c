/** Element-wise relu, tanh and sigmoid. */
import type { ActivationLayer } from '../graph/network.ts';
import { narrowMultiplier } from '../quantize/multiplier.ts';
import { tanhBlock, tanhTable } from '../quantize/tables.ts';
import { address, elements, window16 } from './code.ts';
import * as integer from './integer/elementwise.ts';
import { Q15, SIGMOID_INPUT_ONE, TANH_INPUT_ONE, type LayerKind } from './layer-kind.ts';

export const realActivation: Record<'none' | ActivationLayer['activation'], (x: number) => number> = {
  none: (x) => x,
  relu: (x) => Math.max(x, 0),
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
};

export const activation: LayerKind<ActivationLayer> = {
  reads: (layer) => [layer.input],
  writes: (layer) => [layer.output],
  macs: () => 0,

  evaluate({ activation: kind, input, output }, buffers) {
    const x = buffers[input.buffer];
    const y = buffers[output.buffer];
    for (let k = 0; k < elements(input); k++)
      y[output.offset + k] = realActivation[kind](x[input.offset + k]);
  },

  wish: (layer, formatOf) => ({
    kind: 'fixed',
    format: layer.activation === 'relu' ? formatOf(layer.input.buffer) : Q15,
  }),

  quantize(layer, { name, formatOf, blockOf }) {
    const { activation: kind, input, output } = layer;
    const count = elements(input);
    const from = blockOf(input.buffer);
    const to = blockOf(output.buffer);
    const one = kind === 'tanh' ? TANH_INPUT_ONE : SIGMOID_INPUT_ONE;
    const { m, shift } = narrowMultiplier(formatOf(input.buffer).scale * one);
    const squashes = kind !== 'relu';
    const places = `${count}, ${address(from, input.offset)}, ${address(to, output.offset)}`;
    return {
      blocks: squashes ? [tanhBlock] : [],
      stage: {
        name,
        title: layer.name,
        blocks: [from, to, ...(squashes ? [tanhBlock.name] : [])],
        uses: { elementwise: [kind] },
        body: [squashes ? `${kind}(${places}, ${m}, ${shift}, $${tanhBlock.name});` : `${kind}(${places});`],
        returns: 'void',
        macs: 0,
        proofs: [],
        parallel: layer.parallel,
        run(memory) {
          const x = window16(memory, from, input);
          const y = window16(memory, to, output);
          for (let k = 0; k < count; k++)
            y[k] = kind === 'relu' ? integer.relu(x[k]) : integer[kind](x[k], m, shift, tanhTable);
        },
      },
    };
  },
};

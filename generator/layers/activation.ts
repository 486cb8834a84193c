/** Element-wise relu, tanh and sigmoid. */
import type { ActivationLayer } from '../graph/network.ts';
import { narrowMultiplier } from '../quantize/multiplier.ts';
import { tanhBlock, tanhTable } from '../quantize/tables.ts';
import { address, elementBytes, elements, elementType, storedWindow } from './code.ts';
import * as integer from './integer/elementwise.ts';
import { storeNarrowed, widened } from './integer/narrow.ts';
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

  narrows: ({ input, output }, buffer) => input.buffer === buffer || output.buffer === buffer,

  quantize(layer, { name, formatOf, blockOf, droppedBits }) {
    const { activation: kind, input, output } = layer;
    const count = elements(input);
    const from = blockOf(input.buffer);
    const to = blockOf(output.buffer);
    const one = kind === 'tanh' ? TANH_INPUT_ONE : SIGMOID_INPUT_ONE;
    const { m, shift } = narrowMultiplier(formatOf(input.buffer).scale * one);
    const squashes = kind !== 'relu';
    const [fromDrops, toDrops] = [droppedBits(input.buffer), droppedBits(output.buffer)];
    const narrow = fromDrops !== undefined || toDrops !== undefined;
    const places =
      `${count}, ${address(from, input.offset, elementBytes(fromDrops))}, ` +
      address(to, output.offset, elementBytes(toDrops)) +
      (narrow ? `, ${fromDrops ?? 0}, ${toDrops ?? 0}` : '');
    const symbol = narrow ? `${kind}Narrow` : kind;
    const routine = narrow ? `${symbol}<${elementType(fromDrops)}, ${elementType(toDrops)}>` : symbol;
    return {
      blocks: squashes ? [tanhBlock] : [],
      stage: {
        name,
        title: layer.name,
        blocks: [from, to, ...(squashes ? [tanhBlock.name] : [])],
        uses: { [narrow ? 'narrow' : 'elementwise']: [symbol] },
        body: [
          squashes ? `${routine}(${places}, ${m}, ${shift}, $${tanhBlock.name});` : `${routine}(${places});`,
        ],
        returns: 'void',
        macs: 0,
        proofs: [],
        parallel: layer.parallel,
        run(memory) {
          const x = widened(storedWindow(memory, from, input, fromDrops), fromDrops);
          const y = x.map((value) =>
            kind === 'relu' ? integer.relu(value) : integer[kind](value, m, shift, tanhTable),
          );
          storeNarrowed(storedWindow(memory, to, output, toDrops), y, toDrops);
        },
      },
    };
  },
};

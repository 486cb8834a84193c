/** Copies views one behind the other. Parts in a finer format than the output's are rescaled. */
import type { ConcatLayer } from '../graph/network.ts';
import { narrowMultiplier } from '../quantize/multiplier.ts';
import { address, elements, window16 } from './code.ts';
import { rescale16 } from './integer/fixed.ts';
import type { LayerKind } from './layer-kind.ts';

export const concat: LayerKind<ConcatLayer> = {
  reads: (layer) => layer.inputs,
  writes: (layer) => [layer.output],
  macs: () => 0,

  evaluate({ inputs, output }, buffers) {
    let at = output.offset;
    for (const input of inputs) {
      const part = buffers[input.buffer].subarray(input.offset, input.offset + elements(input));
      buffers[output.buffer].set(part, at);
      at += part.length;
    }
  },

  wish: (layer, formatOf) => ({
    kind: 'fixed',
    format: { type: 'i16', scale: Math.max(...layer.inputs.map((v) => formatOf(v.buffer).scale)) },
  }),

  quantize(layer, { name, formatOf, blockOf }) {
    const { output } = layer;
    const to = blockOf(output.buffer);
    const scale = formatOf(output.buffer).scale;
    let at = output.offset;
    const parts = layer.inputs.map((input) => {
      const ratio = formatOf(input.buffer).scale / scale;
      const part = { input, from: blockOf(input.buffer), at, ratio, ...narrowMultiplier(ratio) };
      at += elements(input);
      return part;
    });
    return {
      blocks: [],
      stage: {
        name,
        title: layer.name,
        blocks: [...new Set([...parts.map((p) => p.from), to])],
        uses: { elementwise: [...new Set(parts.map((p) => (p.ratio === 1 ? 'copy' : 'rescale')))] },
        body: parts.map(({ input, from, at: start, ratio, m, shift }) => {
          const places = `${elements(input)}, ${address(from, input.offset)}, ${address(to, start)}`;
          return ratio === 1 ? `copy(${places});` : `rescale(${places}, ${m}, ${shift});`;
        }),
        returns: 'void',
        macs: 0,
        proofs: [],
        parallel: layer.parallel,
        run(memory) {
          const y = memory.i16(to);
          for (const { input, from, at: start, ratio, m, shift } of parts)
            window16(memory, from, input).forEach((x, k) => {
              y[start + k] = ratio === 1 ? x : rescale16(x, m, shift);
            });
        },
      },
    };
  },
};

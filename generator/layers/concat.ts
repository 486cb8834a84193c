/** Copies views one behind the other. Parts in a finer format than the output's are rescaled. */
import type { ConcatLayer, View } from '../graph/network.ts';
import { narrowMultiplier } from '../quantize/multiplier.ts';
import { address, elementBytes, elements, elementType, storedWindow } from './code.ts';
import { rescale16 } from './integer/fixed.ts';
import { storeNarrowed, widened } from './integer/narrow.ts';
import type { LayerKind } from './layer-kind.ts';

const shapeOf = ({ steps, features }: View) => ({ steps, features });

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

  narrows: ({ inputs, output }, buffer) =>
    output.buffer === buffer || inputs.some((input) => input.buffer === buffer),

  quantize(layer, { name, formatOf, blockOf, droppedBits }) {
    const { output } = layer;
    const to = blockOf(output.buffer);
    const scale = formatOf(output.buffer).scale;
    const toDrops = droppedBits(output.buffer);
    let at = output.offset;
    const parts = layer.inputs.map((input) => {
      const ratio = formatOf(input.buffer).scale / scale;
      const drops = droppedBits(input.buffer);
      const narrow = drops !== undefined || toDrops !== undefined;
      const [from, same] = [blockOf(input.buffer), ratio === 1];
      const symbol = narrow ? 'rescaleNarrow' : same ? 'copy' : 'rescale';
      const part = { input, from, at, same, drops, narrow, symbol, ...narrowMultiplier(ratio) };
      at += elements(input);
      return part;
    });
    return {
      blocks: [],
      stage: {
        name,
        title: layer.name,
        blocks: [...new Set([...parts.map((p) => p.from), to])],
        uses: Object.fromEntries(
          [false, true].flatMap((narrow) => {
            const symbols = parts.filter((part) => part.narrow === narrow).map(({ symbol }) => symbol);
            return symbols.length > 0 ? [[narrow ? 'narrow' : 'elementwise', [...new Set(symbols)]]] : [];
          }),
        ),
        body: parts.map(({ input, from, at: start, same, drops, narrow, symbol, m, shift }) => {
          const places =
            `${elements(input)}, ${address(from, input.offset, elementBytes(drops))}, ` +
            address(to, start, elementBytes(toDrops));
          if (narrow)
            return `${symbol}<${elementType(drops)}, ${elementType(toDrops)}>(${places}, ${drops ?? 0}, ${toDrops ?? 0}, ${m}, ${shift});`;
          return same ? `${symbol}(${places});` : `${symbol}(${places}, ${m}, ${shift});`;
        }),
        returns: 'void',
        macs: 0,
        proofs: [],
        parallel: layer.parallel,
        run(memory) {
          for (const { input, from, at: start, same, drops, m, shift } of parts) {
            const x = widened(storedWindow(memory, from, input, drops), drops);
            const y = storedWindow(memory, to, { ...output, offset: start, ...shapeOf(input) }, toDrops);
            storeNarrowed(y, same ? x : x.map((value) => rescale16(value, m, shift)), toDrops);
          }
        },
      },
    };
  },
};

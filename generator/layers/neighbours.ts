/** k nearest neighbours: the share of votes of each class. Distances between stored vectors and the input are exact in integers. */
import type { Block } from '../emit/program.ts';
import type { NeighboursLayer } from '../graph/network.ts';
import { INT64_LIMIT, prove } from '../quantize/prove.ts';
import { address, call, shapeText, window16 } from './code.ts';
import { nearestLabels } from './integer/neighbours.ts';
import type { LayerKind } from './layer-kind.ts';

/** Votes have so many steps each that k of them fill int16. */
const voteOf = (k: number): number => Math.floor(32767 / k);

export const neighbours: LayerKind<NeighboursLayer> = {
  reads: (layer) => [layer.input],
  writes: (layer) => [layer.output],
  macs: ({ vectors }) => vectors.length,

  evaluate({ input, output, vectors, labels, k }, buffers) {
    const x = buffers[input.buffer].subarray(input.offset, input.offset + input.features);
    const y = buffers[output.buffer].subarray(output.offset, output.offset + output.features).fill(0);
    for (const label of nearestLabels(x, vectors, labels, k)) y[label] += 1 / k;
  },

  wish: ({ k }) => ({ kind: 'fixed', format: { type: 'i16', scale: 1 / (k * voteOf(k)) } }),

  quantize(layer, { name, formatOf, blockOf }) {
    const { input, output, vectors, labels, k } = layer;
    const from = blockOf(input.buffer);
    const to = blockOf(output.buffer);
    const { scale } = formatOf(input.buffer);
    const stored = Int16Array.from(vectors, (v) => Math.max(-32768, Math.min(32767, Math.round(v / scale))));
    const names = {
      vectors: `${name}_vectors`,
      labels: `${name}_labels`,
      distances: `${name}_distances`,
      nearest: `${name}_nearest`,
    };
    const blocks: Block[] = [
      {
        name: names.vectors,
        type: 'i16',
        length: stored.length,
        kind: 'constant',
        data: stored,
        note: `${labels.length} vectors of ${input.features}`,
      },
      {
        name: names.labels,
        type: 'i16',
        length: labels.length,
        kind: 'constant',
        data: Int16Array.from(labels),
        note: 'class of each vector',
      },
      { name: names.distances, type: 'i64', length: k, kind: 'buffer', note: 'squared distances, ascending' },
      { name: names.nearest, type: 'i32', length: k, kind: 'buffer', note: 'their classes' },
    ];
    return {
      blocks,
      stage: {
        name,
        title: layer.name,
        blocks: [from, to, ...blocks.map((b) => b.name)],
        uses: { neighbours: ['neighbours'] },
        body: [
          `// ${shapeText(input)} -> ${shapeText(output)}`,
          ...call('neighbours', [
            [address(from, input.offset), input.features],
            [`$${names.vectors}`, `$${names.labels}`, labels.length, k],
            [`$${names.distances}`, `$${names.nearest}`],
            [output.features, voteOf(k), address(to, output.offset)],
          ]),
        ],
        returns: 'void',
        macs: neighbours.macs(layer),
        proofs: [prove(layer.name, 'squared distance', [input.features * 2 ** 34], INT64_LIMIT)],
        parallel: layer.parallel,
        run(memory) {
          const y = window16(memory, to, output).fill(0);
          const x = window16(memory, from, input);
          for (const label of nearestLabels(x, memory.i16(names.vectors), memory.i16(names.labels), k))
            y[label] += voteOf(k);
        },
      },
    };
  },
};

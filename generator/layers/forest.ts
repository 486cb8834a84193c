/**
 * Sum of the votes of decision trees (random forests, boosted trees). Trees are exact on the integer input (forest-tables.ts); votes have
 * 16 bits with one scale, so an output is off by half a step of it for every tree, and by half a step of its own.
 */
import type { Block } from '../emit/program.ts';
import type { DecisionTree, ForestLayer } from '../graph/network.ts';
import { multiplier } from '../quantize/multiplier.ts';
import { prove } from '../quantize/prove.ts';
import { address, call, shapeText, window16 } from './code.ts';
import { encodeForest } from './forest-tables.ts';
import { forest as integerForest } from './integer/forest.ts';
import type { LayerKind } from './layer-kind.ts';

export const forest: LayerKind<ForestLayer> = {
  reads: (layer) => [layer.input],
  writes: (layer) => [layer.output],
  macs: () => 0,

  evaluate({ input, output, trees, base }, buffers) {
    const x = buffers[input.buffer].subarray(input.offset, input.offset + input.features);
    const y = buffers[output.buffer].subarray(output.offset, output.offset + output.features);
    y.set(base);
    for (const tree of trees) for (const vote of leafOf(tree, x)) y[vote.output] += vote.weight;
  },

  wish(layer, formatOf) {
    const { bounds, voteScale } = encodeForest(layer, formatOf(layer.input.buffer).scale);
    return { kind: 'fixed', format: { type: 'i16', scale: (Math.max(...bounds, 1) * voteScale) / 32767 } };
  },

  quantize(layer, { name, formatOf, blockOf }) {
    const { input, output } = layer;
    const from = blockOf(input.buffer);
    const to = blockOf(output.buffer);
    const tables = encodeForest(layer, formatOf(input.buffer).scale);
    const { m, shift } = multiplier(tables.voteScale / formatOf(output.buffer).scale);
    const constant = (part: 'roots' | 'nodes' | 'votes' | 'rows', note: string): Block => {
      const data = tables[part];
      const type = data instanceof Int16Array ? 'i16' : 'i32';
      return { name: `${name}_${part}`, type, length: data.length, kind: 'constant', data, note };
    };
    const blocks: Block[] = [
      constant('roots', 'first node of each tree'),
      constant('nodes', 'feature, threshold, nodes to the no child; leaf: -1 - votes, first vote'),
      constant('votes', 'output and weight'),
      constant('rows', 'base value of each output'),
      { name: `${name}_sums`, type: 'i32', length: output.features, kind: 'buffer', note: 'sums of votes' },
    ];
    const [roots, nodes, votes, rows, sums] = blocks.map((block) => `$${block.name}`);
    return {
      blocks,
      stage: {
        name,
        title: layer.name,
        blocks: [from, to, ...blocks.map((b) => b.name)],
        uses: { forest: ['forest'] },
        body: [
          `// ${shapeText(input)} -> ${shapeText(output)}, ${layer.trees.length} trees`,
          ...call('forest', [
            [address(from, input.offset), roots, layer.trees.length, nodes, votes],
            [output.features, rows, sums, m, shift, address(to, output.offset)],
          ]),
        ],
        returns: 'void',
        macs: 0,
        proofs: [prove(layer.name, 'forest, sum of votes', tables.bounds)],
        parallel: layer.parallel,
        run(memory) {
          const result = integerForest(window16(memory, from, input), { ...tables, m, shift });
          window16(memory, to, output).set(result);
        },
      },
    };
  },
};

/** The votes of the leaf that a row of features ends in. */
export function leafOf(tree: DecisionTree, x: ArrayLike<number>) {
  let node = tree;
  while (!('votes' in node)) node = x[node.feature] <= node.threshold ? node.yes : node.no;
  return node.votes;
}

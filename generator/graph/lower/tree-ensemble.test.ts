import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateNetwork } from '../../layers/evaluate-network.ts';
import { evaluateGraph } from '../../ops/evaluate.ts';
import type { Attribute, Graph } from '../graph.ts';
import { floats } from '../make-tensor.ts';
import { toNetwork } from '../to-network.ts';
import { below } from './tree-ensemble.ts';

/** Two trees of depth 2 over three features; `modes` of their interior nodes. */
function forest(
  op: 'Classifier' | 'Regressor',
  modes: readonly string[],
  more: Record<string, Attribute> = {},
): Graph {
  const prefix = op === 'Classifier' ? 'class' : 'target';
  const attributes: Record<string, Attribute> = {
    nodes_treeids: [0, 0, 0, 0, 0, 1, 1, 1],
    nodes_nodeids: [0, 1, 2, 3, 4, 0, 1, 2],
    nodes_featureids: [0, 1, 0, 0, 0, 2, 0, 0],
    nodes_modes: [modes[0], modes[1], 'LEAF', 'LEAF', 'LEAF', modes[2], 'LEAF', 'LEAF'],
    nodes_values: [0.5, -0.25, 0, 0, 0, 1, 0, 0],
    nodes_truenodeids: [1, 2, 0, 0, 0, 1, 0, 0],
    nodes_falsenodeids: [4, 3, 0, 0, 0, 2, 0, 0],
    [`${prefix}_treeids`]: [0, 0, 0, 0, 1, 1],
    [`${prefix}_nodeids`]: [2, 2, 3, 4, 1, 2],
    [`${prefix}_ids`]: [0, 1, 1, 0, 1, 0],
    [`${prefix}_weights`]: [0.5, 0, 1.25, 0.75, 2, 0.125],
    ...(op === 'Classifier' ? { classlabels_int64s: [0, 1] } : { n_targets: 2 }),
    ...more,
  };
  const outputs = op === 'Classifier' ? ['label', 'scores'] : ['scores'];
  return {
    name: 'test',
    opsets: { '': 15, 'ai.onnx.ml': 3 },
    inputs: [{ name: 'x', type: 'float32', shape: [1, 3] }],
    outputs,
    initializers: new Map(),
    nodes: [
      { name: 'trees', op: `TreeEnsemble${op}`, domain: 'ai.onnx.ml', inputs: ['x'], outputs, attributes },
    ],
  };
}

const mode = fc.constantFrom('BRANCH_LEQ', 'BRANCH_LT', 'BRANCH_GTE', 'BRANCH_GT');
const value = fc.oneof(fc.constantFrom(0.5, -0.25, 1, 0), fc.float({ min: -2, max: 2, noNaN: true }));

describe('tree ensembles', () => {
  it.each(['Classifier', 'Regressor'] as const)(
    'a %s scores as the operator does, thresholds included',
    (op) => {
      fc.assert(
        fc.property(fc.tuple(mode, mode, mode), fc.tuple(value, value, value), (modes, x) => {
          const graph = forest(op, modes);
          const expected = evaluateGraph(graph, new Map([['x', floats([1, 3], x)]])).get('scores')!.data;
          const network = toNetwork(graph);
          expect(network.layers.map((layer) => layer.kind)).toEqual(['forest']);
          expect(evaluateNetwork(network, Float64Array.from(x))[network.output]).toEqual(expected);
        }),
      );
    },
  );

  it.each([
    [
      'another transform',
      forest('Classifier', ['BRANCH_LEQ', 'BRANCH_LEQ', 'BRANCH_LEQ'], { post_transform: 'SOFTMAX' }),
      /pass SOFTMAX/,
    ],
    [
      'another sum',
      forest('Regressor', ['BRANCH_LEQ', 'BRANCH_LEQ', 'BRANCH_LEQ'], { aggregate_function: 'MAX' }),
      /joined by MAX/,
    ],
    ['equality', forest('Regressor', ['BRANCH_EQ', 'BRANCH_LEQ', 'BRANCH_LEQ']), /compares by EQ/],
  ])('refuse %s by name of the node', (_, graph, why) => {
    expect(() => toNetwork(graph)).toThrow(why);
    expect(() => toNetwork(graph)).toThrow(/ESC14\d .*trees/);
  });

  it('below() is the next smaller double', () => {
    for (const x of [1, -1, 0.1, -1e300, 2 ** -1074, 0]) {
      expect(below(x)).toBeLessThan(x);
      expect((below(x) + x) / 2 === x || (below(x) + x) / 2 === below(x)).toBe(true);
    }
  });
});

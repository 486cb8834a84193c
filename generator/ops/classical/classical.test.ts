/** ai.onnx.ml operators on tables small enough to work out by hand. */
import { describe, expect, it } from 'vitest';
import type { Attribute } from '../../graph/graph.ts';
import { floats, int64s, makeTensor } from '../../graph/make-tensor.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { run } from '../testing.ts';

const ml = (op: string, inputs: Tensor[], attributes: Record<string, Attribute>, outputs = 1): Tensor[] =>
  run(op, inputs, { domain: 'ai.onnx.ml', opset: 3, attributes, outputs });
const x = floats([2, 2], [1, 2, 3, 4]);

describe('scaling', () => {
  it('Scaler subtracts, then multiplies, by feature or for all', () => {
    expect(ml('Scaler', [x], { offset: [1, 2], scale: [2, 0.5] })[0]).toEqual(floats([2, 2], [0, 0, 4, 1]));
    expect(ml('Scaler', [x], { offset: [1], scale: [10] })[0]).toEqual(floats([2, 2], [0, 10, 20, 30]));
    expect(() => ml('Scaler', [x], { offset: [1, 2, 3], scale: [1] })).toThrow(/3 constants for 2 features/);
  });

  it('Normalizer divides rows; zero rows stay; negative ones are ambiguous except for L2', () => {
    const rows = floats([2, 2], [3, 4, 0, 0]);
    const of = (norm: string) =>
      [...ml('Normalizer', [rows], { norm })[0]!.data].map((v) => Number(v.toFixed(4)));
    expect(of('MAX')).toEqual([0.75, 1, 0, 0]);
    expect(of('L1')).toEqual([0.4286, 0.5714, 0, 0]);
    expect(of('L2')).toEqual([0.6, 0.8, 0, 0]);
    expect(() => ml('Normalizer', [floats([2], [1, -1])], { norm: 'L1' })).toThrow(/two readings/);
    expect(ml('Normalizer', [floats([2], [-3, 4])], { norm: 'L2' })[0]!.data[0]).toBeCloseTo(-0.6, 6);
  });

  it('Imputer replaces NaN or a number', () => {
    const holes = floats([2, 2], [NaN, 1, 2, NaN]);
    const attributes = { imputed_value_floats: [10, 20], replaced_value_float: NaN };
    expect([...ml('Imputer', [holes], attributes)[0]!.data]).toEqual([10, 1, 2, 20]);
    expect([...ml('Imputer', [int64s([2], [0, 5])], { imputed_value_int64s: [9] })[0]!.data]).toEqual([9, 5]);
  });
});

describe('linear models', () => {
  it('LinearClassifier names the label of the largest score', () => {
    const attributes = {
      coefficients: [1, 0, 0, 1],
      intercepts: [0.5, 0],
      classlabels_strings: ['walk', 'sit'],
      post_transform: 'SOFTMAX',
    };
    const [labels, scores] = ml('LinearClassifier', [floats([2, 2], [1, 1, 0, 3])], attributes, 2);
    expect(labels!.strings).toEqual(['walk', 'sit']);
    expect(scores!.data[0]).toBeCloseTo(1 / (1 + Math.exp(-0.5)), 6);
  });

  it('LinearRegressor has one score a target', () => {
    const attributes = { coefficients: [1, 1, 2, 0], intercepts: [0, -1], targets: 2 };
    expect(ml('LinearRegressor', [x], attributes)[0]).toEqual(floats([2, 2], [3, 1, 7, 5]));
    expect(() => ml('LinearRegressor', [x], { coefficients: [1] })).toThrow(/1 coefficients do not make/);
    expect(() => ml('LinearRegressor', [x], { coefficients: [1, 1], post_transform: 'PROBIT' })).toThrow(
      /PROBIT/,
    );
  });
});

const votes = (prefix: string, ids: number[], weights: number[]) => ({
  [`${prefix}_treeids`]: [0, 0, 0],
  [`${prefix}_nodeids`]: [1, 3, 4],
  [`${prefix}_ids`]: ids,
  [`${prefix}_weights`]: weights,
});

describe('trees', () => {
  /** x0 <= 2 ? leaf 1 : (x1 > 3 ? leaf 2 : leaf 3) */
  const tree = {
    nodes_treeids: [0, 0, 0, 0, 0],
    nodes_nodeids: [0, 1, 2, 3, 4],
    nodes_featureids: [0, 0, 1, 0, 0],
    nodes_modes: ['BRANCH_LEQ', 'LEAF', 'BRANCH_GT', 'LEAF', 'LEAF'],
    nodes_values: [2, 0, 3, 0, 0],
    nodes_truenodeids: [1, 0, 3, 0, 0],
    nodes_falsenodeids: [2, 0, 4, 0, 0],
  };
  const rows = floats([3, 2], [2, 0, 3, 4, 3, 3]);

  it('TreeEnsembleRegressor follows the comparisons', () => {
    const attributes = {
      ...tree,
      ...votes('target', [0, 0, 0], [10, 20, 30]),
      n_targets: 1,
      base_values: [0.5],
    };
    expect([...ml('TreeEnsembleRegressor', [rows], attributes)[0]!.data]).toEqual([10.5, 20.5, 30.5]);
  });

  it('TreeEnsembleClassifier sums votes and names the winner', () => {
    const attributes = { ...tree, ...votes('class', [0, 1, 2], [1, 1, 1]), classlabels_int64s: [7, 8, 9] };
    const [labels, scores] = ml('TreeEnsembleClassifier', [rows], attributes, 2);
    expect([...labels!.data]).toEqual([7, 8, 9]);
    expect([...scores!.data]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
  });

  it('a missing value goes where the attribute says', () => {
    const base = { ...tree, ...votes('target', [0, 0, 0], [10, 20, 30]), n_targets: 1 };
    const missing = floats([1, 2], [NaN, 4]);
    expect([...ml('TreeEnsembleRegressor', [missing], base)[0]!.data]).toEqual([20]);
    const tracked = { ...base, nodes_missing_value_tracks_true: [1, 0, 0, 0, 0] };
    expect([...ml('TreeEnsembleRegressor', [missing], tracked)[0]!.data]).toEqual([10]);
  });

  it('refuses trees that lead nowhere or round in circles, and classes that runtimes read differently', () => {
    const to = (target: number) => ({
      ...tree,
      nodes_truenodeids: [target, 0, 3, 0, 0],
      ...votes('target', [0, 0, 0], [1, 2, 3]),
    });
    expect(() => ml('TreeEnsembleRegressor', [rows], to(9))).toThrow(/ESC122 .*does not have/);
    expect(() => ml('TreeEnsembleRegressor', [rows], to(0))).toThrow(/ESC122 .*does not have/);
    const binary = { ...tree, ...votes('class', [0, 0, 0], [1, 2, 3]), classlabels_int64s: [0, 1] };
    expect(() => ml('TreeEnsembleClassifier', [rows], binary, 2)).toThrow(/runtimes read differently/);
  });

  it('TreeEnsemble tests membership of sets', () => {
    const attributes = {
      n_targets: 1,
      tree_roots: [0],
      nodes_featureids: [0],
      nodes_modes: makeTensor('uint8', [1], [6]),
      nodes_splits: floats([1], [0]),
      nodes_trueleafs: [1],
      nodes_truenodeids: [0],
      nodes_falseleafs: [1],
      nodes_falsenodeids: [1],
      leaf_targetids: [0, 0],
      leaf_weights: floats([2], [5, -5]),
      membership_values: floats([3], [1, 3, NaN]),
    };
    const y = run('TreeEnsemble', [floats([3, 1], [1, 2, 3])], {
      domain: 'ai.onnx.ml',
      opset: 5,
      attributes,
    })[0]!;
    expect([...y.data]).toEqual([5, -5, 5]);
  });
});

describe('labels and categories', () => {
  it('LabelEncoder maps, with NaN as a key of its own and the last of repeated keys', () => {
    const attributes = { keys_floats: [1, NaN, 1], values_strings: ['a', 'b', 'c'], default_string: 'z' };
    expect(ml('LabelEncoder', [floats([3], [1, NaN, 2])], attributes)[0]!.strings).toEqual(['c', 'b', 'z']);
    expect(() => ml('LabelEncoder', [int64s([1], [1])], attributes)).toThrow(
      /keys are float32, its input is int64/,
    );
  });

  it('OneHotEncoder, FeatureVectorizer and ArrayFeatureExtractor', () => {
    expect([...ml('OneHotEncoder', [int64s([2], [7, 5])], { cats_int64s: [5, 7] })[0]!.data]).toEqual([
      0, 1, 1, 0,
    ]);
    const joined = ml('FeatureVectorizer', [x, floats([2, 1], [8, 9])], { inputdimensions: [2, 1] })[0];
    expect(joined).toEqual(floats([2, 3], [1, 2, 8, 3, 4, 9]));
    expect(ml('ArrayFeatureExtractor', [x, int64s([1], [1])], {})[0]).toEqual(floats([2, 1], [2, 4]));
  });
});

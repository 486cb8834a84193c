import { describe, expect, it } from 'vitest';
import type { Graph } from '../graph/graph.ts';
import { floats, int64s } from '../graph/make-tensor.ts';
import { checkWeights } from './check-weights.ts';

const graph = (initializers: Graph['initializers'], nodes: Graph['nodes'] = []): Graph => ({
  name: 'g',
  opsets: { '': 15 },
  inputs: [],
  outputs: [],
  initializers,
  nodes,
});

describe('checkWeights', () => {
  it('names initializer, index and value', () => {
    const weights = floats([2, 2], [1, 2, NaN, Infinity]);
    expect(() => checkWeights(graph(new Map([['lstm.W', weights]])), 'm.onnx')).toThrow(
      /^ESC111 m\.onnx: weight "lstm\.W" is NaN at index 2\. Train again/,
    );
  });

  it('looks into constants as well', () => {
    const constant = {
      name: 'c',
      op: 'Constant',
      domain: '',
      inputs: [],
      outputs: ['c'],
      attributes: { value: floats([1], [-Infinity]) },
    };
    expect(() => checkWeights(graph(new Map(), [constant]), 'm')).toThrow(/ESC111 .*"c\.value" is -Infinity/);
  });

  it('lets finite weights and integer "to the end" markers pass', () => {
    const fine = new Map([
      ['w', floats([2], [1, -3e38])],
      ['ends', int64s([1], [Infinity])],
    ]);
    expect(() => checkWeights(graph(fine), 'm')).not.toThrow();
  });
});

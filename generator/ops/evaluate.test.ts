import { describe, expect, it } from 'vitest';
import { floats, int64s } from '../graph/make-tensor.ts';
import type { Graph } from '../graph/graph.ts';
import { ModelBuilder } from '../graph/testing/model-builder.ts';
import { evaluateAll, evaluateGraph } from './evaluate.ts';

const b = new ModelBuilder([1, 2]);
const hidden = b.add('Relu', ['x']);
const graph: Graph = b.graph(b.add('Neg', [hidden]));

describe('evaluateGraph', () => {
  it('yields the outputs by name, evaluateAll every tensor', () => {
    const feed = new Map([['x', floats([1, 2], [-1, 2])]]);
    expect(evaluateGraph(graph, feed)).toEqual(new Map([[graph.outputs[0], floats([1, 2], [-0, -2])]]));
    expect(evaluateAll(graph, feed).get(hidden)).toEqual(floats([1, 2], [0, 2]));
  });

  it('does not change what it is fed', () => {
    const x = floats([1, 2], [-1, 2]);
    evaluateGraph(graph, new Map([['x', x]]));
    expect(x).toEqual(floats([1, 2], [-1, 2]));
  });

  it.each([
    [
      'a missing input',
      new Map(),
      /^ESC124 Model input "x" must be float32\[1, 2\], but is missing\. Feed one tensor/,
    ],
    ['another shape', new Map([['x', floats([2], [1, 2])]]), /^ESC124 .*but is float32\[2\]/],
    ['another type', new Map([['x', int64s([1, 2], [1, 2])]]), /^ESC124 .*but is int64\[1, 2\]/],
  ])('refuses %s', (_, feed, text) => expect(() => evaluateGraph(graph, feed)).toThrow(text));

  it('refuses an output that an operator does not compute', () => {
    const [relu, neg] = graph.nodes as [Graph['nodes'][number], Graph['nodes'][number]];
    const two = { ...graph, nodes: [{ ...relu, outputs: [...relu.outputs, 'mask'] }, neg] };
    expect(() => evaluateGraph(two, new Map([['x', floats([1, 2], [0, 0])]]))).toThrow(
      /ESC121 .*output 1 is not/,
    );
  });
});

import { describe, expect, it } from 'vitest';
import { fold, inferTypes } from './fold.ts';
import type { Attribute, Graph, Node } from './graph.ts';
import { floats, int64s } from './make-tensor.ts';

const node = (
  op: string,
  inputs: string[],
  output: string,
  attributes: Record<string, Attribute> = {},
): Node => ({ name: `${op}_${output}`, op, domain: '', inputs, outputs: [output], attributes });

const graph = (nodes: Node[], outputs: string[]): Graph => ({
  name: 'g',
  opsets: { '': 15 },
  inputs: [{ name: 'x', type: 'float32', shape: [4, 1, 3] }],
  outputs,
  initializers: new Map([
    ['one', int64s([], [1])],
    ['two', floats([], [2])],
    ['zero', int64s([1], [0])],
    ['hidden', int64s([1], [5])],
  ]),
  nodes,
});

describe('fold', () => {
  it('computes shape arithmetic: the zero state that PyTorch builds from the batch size', () => {
    const folded = fold(
      graph(
        [
          node('Shape', ['x'], 'shape'),
          node('Gather', ['shape', 'one'], 'batch', { axis: 0 }),
          node('Unsqueeze', ['batch', 'zero'], 'batch1'),
          node('Concat', ['batch1', 'batch1', 'hidden'], 'size', { axis: 0 }),
          node('Expand', ['two', 'size'], 'state'),
          node('Mul', ['x', 'two'], 'y'),
        ],
        ['state', 'y'],
      ),
    );
    expect(folded.nodes.map((n) => n.op)).toEqual(['Mul']);
    expect(folded.initializers.get('state')).toEqual(floats([1, 1, 5], [2, 2, 2, 2, 2]));
    expect([...folded.initializers.keys()].toSorted()).toEqual(['state', 'two']);
  });

  it('drops what no output needs', () => {
    const folded = fold(graph([node('Tanh', ['x'], 'unused'), node('Relu', ['x'], 'y')], ['y']));
    expect(folded.nodes.map((n) => n.op)).toEqual(['Relu']);
    expect(folded.initializers.size).toBe(0);
  });

  it('refuses an unknown operator by node name, even in dead code', () => {
    expect(() => fold(graph([node('Fancy', ['x'], 'y')], ['y']))).toThrow(
      /^ESC120 Node "Fancy_y": operator Fancy is not supported\. Replace it/,
    );
  });

  it('refuses a shape that depends on data', () => {
    const nodes = [node('Reshape', ['x', 'shape'], 'y')];
    const open = {
      ...graph(nodes, ['y']),
      inputs: [...graph([], []).inputs, { name: 'shape', type: 'int64' as const, shape: [2] }],
    };
    expect(() => fold(open)).toThrow(/^ESC125 Node "Reshape_y" \(Reshape\): the shape .*Export again/);
  });
});

describe('inferTypes', () => {
  it('knows every tensor', () => {
    const types = inferTypes(
      graph([node('Transpose', ['x'], 't', { perm: [1, 0, 2] }), node('Shape', ['t'], 's')], ['s']),
    );
    expect(types.get('t')).toEqual({ type: 'float32', shape: [1, 4, 3] });
    expect(types.get('s')).toEqual({ type: 'int64', shape: [3] });
  });
});

const flag = (value: number) => ({ type: 'bool' as const, shape: [], data: Float64Array.of(value) });

describe('If with a constant condition', () => {
  const branch = (name: string, op: string): Graph => ({
    name,
    opsets: { '': 15 },
    inputs: [],
    outputs: ['inner'],
    initializers: new Map(),
    nodes: [node(op, ['x'], 'inner')],
  });

  it.each([
    [1, 'Tanh'],
    [0, 'Relu'],
  ])('condition %d leaves %s', (value, op) => {
    const attributes = { then_branch: branch('then', 'Tanh'), else_branch: branch('else', 'Relu') };
    const model = graph([node('If', ['condition'], 'y', attributes)], ['y']);
    const folded = fold({ ...model, initializers: new Map([['condition', flag(value)]]) });
    expect(folded.nodes.map((n) => n.op)).toEqual([op, 'Identity']);
  });

  it('a condition that is computed is refused', () => {
    const attributes = { then_branch: branch('then', 'Tanh'), else_branch: branch('else', 'Relu') };
    const model = graph([node('If', ['flag'], 'y', attributes)], ['y']);
    const inputs = [...model.inputs, { name: 'flag', type: 'bool' as const, shape: [] }];
    expect(() => fold({ ...model, inputs })).toThrow(/^ESC125 Node "If_y"/);
  });
});

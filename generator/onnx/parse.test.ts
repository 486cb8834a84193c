import { describe, expect, it } from 'vitest';
import { Refusal } from '../../common/refusals/index.ts';
import { floats } from '../graph/make-tensor.ts';
import type { Graph, Node } from '../graph/graph.ts';
import { parseOnnx } from './parse.ts';
import { ModelType } from './schema.ts';
import { writeOnnx } from './write.ts';

const node = (name: string, op: string, inputs: string[], outputs: string[]): Node => ({
  name,
  op,
  domain: '',
  inputs,
  outputs,
  attributes: {},
});

const chain: Graph = {
  name: 'chain',
  opsets: { '': 15 },
  inputs: [{ name: 'x', type: 'float32', shape: [1, 4] }],
  outputs: ['y'],
  initializers: new Map([['w', floats([4], [1, 2, 3, 4])]]),
  nodes: [node('mul', 'Mul', ['x', 'w'], ['m']), node('tanh', 'Tanh', ['m'], ['y'])],
};

/** A model message changed at will before it is encoded. */
function encode(change: (model: Record<string, any>) => void): Uint8Array {
  const model = ModelType.toObject(ModelType.decode(writeOnnx(chain)), { longs: Number, arrays: true });
  change(model);
  return ModelType.encode(ModelType.fromObject(model)).finish();
}

function refusal(bytes: Uint8Array): string {
  try {
    parseOnnx(bytes, 'model.onnx');
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('parseOnnx', () => {
  it('reads back what writeOnnx wrote', () => {
    const graph = parseOnnx(writeOnnx(chain), 'model.onnx');
    expect(graph.inputs).toEqual(chain.inputs);
    expect(graph.outputs).toEqual(['y']);
    expect(graph.initializers).toEqual(chain.initializers);
    expect(graph.nodes.map((n) => n.name)).toEqual(['mul', 'tanh']);
  });

  it('keeps every kind of attribute', () => {
    const attributes = {
      alpha: 1,
      axis: -1,
      to_end: Infinity,
      direction: 'reverse',
      value: floats([2], [0.5, -0.5]),
      activation_alpha: [1, 2],
      perm: [1, 0, 2],
      activations: ['Tanh', 'Relu'],
      body: { ...chain, inputs: [{ name: 'x', type: 'float32' as const, shape: [] }] },
    };
    const graph = { ...chain, nodes: [{ ...chain.nodes[0]!, attributes }, chain.nodes[1]!] };
    const read = parseOnnx(writeOnnx(graph), 'm').nodes[0]!.attributes;
    expect({ ...read, body: 0 }).toEqual({ ...attributes, body: 0 });
    expect((read.body as Graph).nodes).toHaveLength(2);
  });

  it('sorts nodes that are listed out of order', () => {
    const graph = parseOnnx(
      encode((m) => (m.graph.node = m.graph.node.toReversed())),
      'm',
    );
    expect(graph.nodes.map((n) => n.name)).toEqual(['mul', 'tanh']);
  });

  it('names nodes that have no name after operator and position', () => {
    const graph = parseOnnx(
      encode((m) => delete m.graph.node[1].name),
      'm',
    );
    expect(graph.nodes[1]!.name).toBe('Tanh_1');
  });

  it('takes initializers that are listed as inputs too (IR version 3)', () => {
    const bytes = encode((m) => m.graph.input.push({ name: 'w', type: m.graph.input[0].type }));
    expect(parseOnnx(bytes, 'm').inputs.map((i) => i.name)).toEqual(['x']);
  });

  it.each([
    ['batch_size', 1],
    ['N', 1],
    ['unk__5', 1],
    [undefined, 1],
  ])('binds an open first axis named %s to batch 1', (dimParam, size) => {
    const bytes = encode((m) => {
      m.graph.input[0].type.tensorType.shape.dim[0] = dimParam ? { dimParam } : {};
    });
    expect(parseOnnx(bytes, 'm').inputs[0]!.shape).toEqual([size, 4]);
  });

  it('takes the shapes of inputs that are known from elsewhere', () => {
    const bytes = encode((m) => (m.graph.input[0].type.tensorType.shape.dim[1] = { dimParam: 'steps' }));
    const graph = parseOnnx(bytes, 'm', { inputShapes: new Map([['x', [1, 9]]]) });
    expect(graph.inputs[0]!.shape).toEqual([1, 9]);
  });
});

describe('refusals of parseOnnx', () => {
  const cases: [string, (m: Record<string, any>) => void, RegExp][] = [
    ['no graph', (m) => delete m.graph, /^ESC101 model\.onnx .*no graph.*Export the model again/],
    ['no outputs', (m) => (m.graph.output = []), /^ESC101 .*no outputs/],
    [
      'external data',
      (m) => (m.graph.initializer[0].dataLocation = 1),
      /^ESC102 model\.onnx: tensor "w" keeps its data in another file\. .*inside the file/,
    ],
    [
      'an unknown element type',
      (m) => (m.graph.initializer[0].dataType = 16),
      /^ESC103 model\.onnx: tensor "w" .*bfloat16\. .*float32/,
    ],
    ['too little data', (m) => (m.graph.initializer[0].dims = [5]), /^ESC104 .*"w".*16 bytes instead of 20/],
    [
      'absurd dimensions',
      (m) => (m.graph.initializer[0].dims = [2e9, 2e9]),
      /^ESC104 .*"w".*shape is \[2000/,
    ],
    ['negative dimensions', (m) => (m.graph.initializer[0].dims = [-4]), /^ESC104 .*shape is \[-4\]/],
    [
      'a cycle',
      (m) => (m.graph.node[0].input = ['x', 'y']),
      /^ESC106 model\.onnx: node "mul" depends on its own output\. /,
    ],
    [
      'a missing tensor',
      (m) => (m.graph.node[1].input = ['nowhere']),
      /^ESC107 model\.onnx: node "tanh" reads "nowhere"/,
    ],
    ['a missing output', (m) => (m.graph.output[0].name = 'z'), /^ESC107 .*graph output.*"z"/],
    ['two origins', (m) => (m.graph.node[1].output = ['m']), /^ESC108 model\.onnx: the tensor name "m"/],
    [
      'an open time axis',
      (m) => (m.graph.input[0].type.tensorType.shape.dim[1] = { dimParam: 'T' }),
      /^ESC109 model\.onnx: input "x" has no fixed size in axis 1 \("T"\)\. .*fixed length/,
    ],
    [
      'an open first axis that is named as time',
      (m) => (m.graph.input[0].type.tensorType.shape.dim[0] = { dimParam: 'sequence' }),
      /^ESC109 .*axis 0 \("sequence"\)/,
    ],
    [
      'an input of size 0',
      (m) => (m.graph.input[0].type.tensorType.shape.dim[1] = { dimValue: 0 }),
      /^ESC109 .*size is 0/,
    ],
    [
      'a sequence input',
      (m) => (m.graph.input[0].type = { sequenceType: {} }),
      /^ESC110 .*"x" is a sequence/,
    ],
    [
      'an input without a shape',
      (m) => delete m.graph.input[0].type.tensorType.shape,
      /^ESC110 .*unknown rank/,
    ],
    [
      'a list of tensors as attribute',
      (m) => (m.graph.node[0].attribute = [{ name: 'list', type: 9 }]),
      /^ESC112 model\.onnx: attribute "list" of node "mul" is a list of tensors/,
    ],
    ['a newer operator set', (m) => (m.opsetImport[0].version = 99), /^ESC113 .*version 99.*opset 27/],
    ['no operator set', (m) => (m.opsetImport = []), /^ESC113 .*version none/],
  ];
  it.each(cases)('%s', (_, change, text) => expect(refusal(encode(change))).toMatch(text));

  it('an empty file, text, and a truncated file', () => {
    expect(refusal(new Uint8Array(0))).toMatch(/^ESC101 model\.onnx .*it is empty/);
    expect(refusal(new TextEncoder().encode('this is not a model'))).toMatch(/^ESC101/);
    expect(refusal(writeOnnx(chain).subarray(0, 60))).toMatch(/^ESC101/);
  });
});

import type { Node } from '../../graph/graph.ts';
import type { ElementType, Tensor } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { required } from '../shared/inputs.ts';
import { invalid, unsupported } from '../shared/refuse.ts';

type Value = number | string;

interface List {
  type: ElementType;
  values: readonly Value[];
}

/** ai.onnx.ml LabelEncoder (versions 2 and 4): looks elements up in a table of keys and values. */
export const labelEncoder: OpDefinition = {
  op: 'LabelEncoder',
  domain: 'ai.onnx.ml',
  evaluate(node, inputs, { opset }) {
    if (opset < 2) throw unsupported(node, 'its form before ai.onnx.ml 2 is not known here');
    const x = required(node, inputs, 0);
    const attributes = new Attributes(node);
    const keys = listOf(attributes, 'keys');
    const values = listOf(attributes, 'values');
    const absent: Record<string, Value> = {
      float32: attributes.number('default_float', -0),
      int64: attributes.number('default_int64', -1),
      string: attributes.text('default_string', '_Unused'),
    };
    const tensor = attributes.tensor('default_tensor');
    attributes.done();
    if (!keys || !values || keys.values.length !== values.values.length) {
      throw invalid(node, 'its keys and values do not pair up');
    }
    if (keys.type !== x.type) throw invalid(node, `its keys are ${keys.type}, its input is ${x.type}`);
    const [fallback] = tensor ? elementsOf(tensor) : [absent[values.type]];
    if (fallback === undefined) throw invalid(node, 'its default does not have the type of its values');
    // A repeated key means its last value. Map treats NaN as equal to NaN, as the specification asks.
    const table = new Map(keys.values.map((key, i) => [key, values.values[i]!]));
    return [
      toTensor(
        node,
        values.type,
        x.shape,
        elementsOf(x).map((element) => table.get(element) ?? fallback),
      ),
    ];
  },
};

function listOf(attributes: Attributes, prefix: 'keys' | 'values'): List | undefined {
  const floats = attributes.numbers(`${prefix}_floats`);
  const integers = attributes.numbers(`${prefix}_int64s`);
  const texts = attributes.texts(`${prefix}_strings`);
  const tensor = attributes.tensor(`${prefix}_tensor`);
  if (floats) return { type: 'float32', values: floats };
  if (integers) return { type: 'int64', values: integers };
  if (texts) return { type: 'string', values: texts };
  return tensor && { type: tensor.type, values: elementsOf(tensor) };
}

const elementsOf = (tensor: Tensor): readonly Value[] => tensor.strings ?? Array.from(tensor.data);

function toTensor(node: Node, type: ElementType, shape: readonly number[], values: readonly Value[]): Tensor {
  const kind = type === 'string' ? 'string' : 'number';
  if (values.some((value) => typeof value !== kind))
    throw invalid(node, 'its default does not have the type of its values');
  if (type === 'string')
    return { type, shape, data: new Float64Array(0), strings: values as readonly string[] };
  return { type, shape, data: Float64Array.from(values as readonly number[]) };
}

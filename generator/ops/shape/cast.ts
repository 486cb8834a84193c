import type { Node } from '../../graph/graph.ts';
import type { ElementType, Tensor } from '../../graph/tensor.ts';
import { dataTypeName, elementTypeOf } from '../../onnx/element-type.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { required } from '../shared/inputs.ts';
import { isFloat, isInteger, storer, truncator } from '../shared/numbers.ts';
import { unsupported } from '../shared/refuse.ts';

/** ONNX Cast. Floats to integers drop the fraction; integers wrap; strings are read as decimal numbers. */
export const cast: OpDefinition = {
  op: 'Cast',
  domain: '',
  evaluate(node, inputs, { opset }) {
    return [castTo(node, required(node, inputs, 0), targetOf(node, opset))];
  },
  infer: (node, inputs, { opset }) => [
    { type: targetOf(node, opset), shape: required(node, inputs, 0).shape },
  ],
};

function targetOf(node: Node, opset: number): ElementType {
  const attributes = new Attributes(node);
  attributes.number('saturate'); // these two speak of 8-bit floats alone
  attributes.text('round_mode');
  const to = opset < 6 ? byName[attributes.text('to', '')] : attributes.number('to', 0);
  attributes.done();
  const type = elementTypeOf(to ?? 0);
  if (!type) throw unsupported(node, `it casts to ${dataTypeName(to ?? 0)}`);
  return type;
}

const byName: Readonly<Record<string, number>> = {
  FLOAT: 1,
  UINT8: 2,
  INT8: 3,
  UINT16: 4,
  INT16: 5,
  INT32: 6,
  INT64: 7,
  STRING: 8,
  BOOL: 9,
  FLOAT16: 10,
  DOUBLE: 11,
  UINT32: 12,
  UINT64: 13,
};

export function castTo(node: Node, x: Tensor, type: ElementType): Tensor {
  if (x.type === type) return x;
  if (type === 'string')
    throw unsupported(node, 'it writes numbers as text, whose spelling is not specified');
  const numbers = x.strings ? Float64Array.from(x.strings, (text) => parse(node, text)) : x.data;
  return { type, shape: x.shape, data: numbers.map(converter(node, x.type, type)) };
}

function converter(node: Node, from: ElementType, to: ElementType): (value: number) => number {
  const store = storer(to, node);
  if (isInteger(to)) return isFloat(from) || from === 'string' ? truncator(to, node) : store;
  if (to === 'bool') return (value) => (value === 0 ? 0 : 1);
  // The ends of int64 are held as infinities.
  if (isInteger(from))
    return (value) => store(Math.abs(value) === Infinity ? Math.sign(value) * 2 ** 63 : value);
  return store;
}

/** Plain and scientific notation, NaN, INF, infinity, in any case. */
function parse(node: Node, text: string): number {
  const word = text.trim().toLowerCase();
  if (/^[+-]?(inf|infinity)$/.test(word)) return word.startsWith('-') ? -Infinity : Infinity;
  if (/^[+-]?nan$/.test(word)) return NaN;
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(word)) return Number(word);
  throw unsupported(node, `"${text}" is not a number`);
}

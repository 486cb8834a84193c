import { type Tensor, elementCount } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { atMost } from '../shared/inputs.ts';
import { invalid } from '../shared/refuse.ts';

/** ONNX Constant: exactly one of its attributes holds the value. */
export const constant: OpDefinition = {
  op: 'Constant',
  domain: '',
  evaluate(node, inputs) {
    atMost(node, inputs, 0);
    const a = new Attributes(node);
    const values: (Tensor | undefined)[] = [
      a.tensor('value'),
      scalar('float32', a.number('value_float')),
      scalar('int64', a.number('value_int')),
      list('float32', a.numbers('value_floats')),
      list('int64', a.numbers('value_ints')),
      strings([], a.text('value_string')),
      strings(undefined, a.texts('value_strings')),
    ];
    a.done();
    const given = values.filter((value) => value !== undefined);
    if (given.length !== 1) throw invalid(node, `${given.length} values are given`);
    return given;
  },
};

const scalar = (type: 'float32' | 'int64', value?: number): Tensor | undefined =>
  value === undefined ? undefined : { type, shape: [], data: Float64Array.of(value) };

const list = (type: 'float32' | 'int64', values?: readonly number[]): Tensor | undefined =>
  values && { type, shape: [values.length], data: Float64Array.from(values) };

function strings(
  shape: readonly number[] | undefined,
  value?: string | readonly string[],
): Tensor | undefined {
  if (value === undefined) return undefined;
  const list = typeof value === 'string' ? [value] : value;
  const own = shape ?? [list.length];
  return { type: 'string', shape: own, data: new Float64Array(0), strings: list.slice(0, elementCount(own)) };
}

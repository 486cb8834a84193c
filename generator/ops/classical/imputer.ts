import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { required } from '../shared/inputs.ts';
import { isFloat } from '../shared/numbers.ts';
import { invalid } from '../shared/refuse.ts';
import { tableOf } from '../shared/table.ts';

/** ai.onnx.ml Imputer: replaces one value (which may be NaN) by a constant, one for all features or one each. */
export const imputer: OpDefinition = {
  op: 'Imputer',
  domain: 'ai.onnx.ml',
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    const { features } = tableOf(node, x);
    const attributes = new Attributes(node);
    const floats = attributes.numbers('imputed_value_floats');
    const integers = attributes.numbers('imputed_value_int64s');
    const missingFloat = attributes.number('replaced_value_float', 0);
    const missingInteger = attributes.number('replaced_value_int64', 0);
    attributes.done();
    const [values, missing] = isFloat(x.type) ? [floats, missingFloat] : [integers, missingInteger];
    if (!values || (values.length !== 1 && values.length !== features)) {
      throw invalid(node, `it has ${values?.length ?? 0} values for ${features} features`);
    }
    const isMissing = (value: number): boolean =>
      Number.isNaN(missing) ? Number.isNaN(value) : value === missing;
    const data = x.data.map((value, i) =>
      isMissing(value) ? values[values.length === 1 ? 0 : i % features]! : value,
    );
    return [{ ...x, data }];
  },
};

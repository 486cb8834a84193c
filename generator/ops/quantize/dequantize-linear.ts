import { dataTypeName, elementTypeOf } from '../../onnx/element-type.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { scaleIndex } from '../shared/granularity.ts';
import { floatTypes, requireType, required } from '../shared/inputs.ts';
import { storer } from '../shared/numbers.ts';
import { invalid, unsupported } from '../shared/refuse.ts';
import { allocate } from '../shared/shapes.ts';
import { sameTypeZeroPoint } from '../shared/zero-point.ts';

/** ONNX DequantizeLinear: (x - zero point) scale, in the type of the scale or of the attribute `output_dtype`. */
export const dequantizeLinear: OpDefinition = {
  op: 'DequantizeLinear',
  domain: '',
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    const scale = required(node, inputs, 1);
    const zeroPoint = inputs[2];
    requireType(node, x, ['int8', 'uint8', 'int16', 'uint16', 'int32']);
    requireType(node, scale, floatTypes);
    sameTypeZeroPoint(node, x, zeroPoint);
    if (x.type === 'int32' && zeroPoint?.data.some((zero) => zero !== 0)) {
      throw invalid(node, 'an int32 tensor has a zero point');
    }
    const attributes = new Attributes(node);
    const place = scaleIndex(node, attributes, x, scale, zeroPoint);
    const wanted = attributes.number('output_dtype', 0);
    attributes.done();
    const type = wanted ? elementTypeOf(wanted) : scale.type;
    if (!type || !floatTypes.includes(type)) throw unsupported(node, `it yields ${dataTypeName(wanted)}`);
    const y = allocate(node, type, x.shape);
    const store = storer(type, node);
    x.data.forEach((value, index) => {
      const at = place(index);
      y.data[index] = store((value - (zeroPoint?.data[at] ?? 0)) * scale.data[at]!);
    });
    return [y];
  },
};

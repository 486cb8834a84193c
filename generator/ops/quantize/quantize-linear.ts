import { dataTypeName, elementTypeOf } from '../../onnx/element-type.ts';
import type { ElementType } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { scaleIndex } from '../shared/granularity.ts';
import { floatTypes, requireType, required } from '../shared/inputs.ts';
import { isInteger, roundHalfEven, storer } from '../shared/numbers.ts';
import { invalid, unsupported } from '../shared/refuse.ts';
import { allocate } from '../shared/shapes.ts';
import { saturate } from '../shared/zero-point.ts';

const targets: readonly ElementType[] = ['int8', 'uint8', 'int16', 'uint16'];

/**
 * ONNX QuantizeLinear: saturate(round to even(x / scale) + zero point). The division has the precision of the scale, unless
 * the attribute `precision` (operator set 23) says otherwise.
 */
export const quantizeLinear: OpDefinition = {
  op: 'QuantizeLinear',
  domain: '',
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    const scale = required(node, inputs, 1);
    const zeroPoint = inputs[2];
    requireType(node, x, [...floatTypes, 'int32']);
    requireType(node, scale, floatTypes);
    const attributes = new Attributes(node);
    const place = scaleIndex(node, attributes, x, scale, zeroPoint);
    const wanted = attributes.number('output_dtype', 0);
    const precision = attributes.number('precision', 0);
    attributes.flag('saturate'); // speaks of 8-bit floats alone
    attributes.done();
    const type = wanted ? elementTypeOf(wanted) : (zeroPoint?.type ?? 'uint8');
    if (!type || !targets.includes(type) || !isInteger(type)) {
      throw unsupported(node, `it quantizes to ${type ?? dataTypeName(wanted)}`);
    }
    if (zeroPoint && zeroPoint.type !== type) throw invalid(node, `its zero point is not ${type}`);
    const division = precision ? elementTypeOf(precision) : scale.type;
    if (!division || !floatTypes.includes(division)) {
      throw unsupported(node, `it divides in ${dataTypeName(precision)}`);
    }
    const store = storer(division, node);
    const y = allocate(node, type, x.shape);
    x.data.forEach((value, index) => {
      const at = place(index);
      const ratio = roundHalfEven(store(value / scale.data[at]!));
      if (Number.isNaN(ratio)) throw unsupported(node, 'a value over its scale is not a number');
      y.data[index] = saturate(ratio + (zeroPoint?.data[at] ?? 0), type);
    });
    return [y];
  },
  infer: (node, inputs) => {
    const wanted = elementTypeOf(new Attributes(node).number('output_dtype', 0));
    return [{ type: wanted ?? inputs[2]?.type ?? 'uint8', shape: required(node, inputs, 0).shape }];
  },
};

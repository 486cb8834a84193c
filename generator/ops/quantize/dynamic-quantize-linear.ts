import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { requireType, required } from '../shared/inputs.ts';
import { roundHalfEven } from '../shared/numbers.ts';
import { unsupported } from '../shared/refuse.ts';
import { allocate } from '../shared/shapes.ts';
import { saturate } from '../shared/zero-point.ts';

/** ONNX DynamicQuantizeLinear: uint8 values, scale and zero point that cover the input's range and 0. */
export const dynamicQuantizeLinear: OpDefinition = {
  op: 'DynamicQuantizeLinear',
  domain: '',
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    requireType(node, x, ['float32']);
    new Attributes(node).done();
    const low = x.data.reduce((a, b) => Math.min(a, b), 0);
    const high = x.data.reduce((a, b) => Math.max(a, b), 0);
    const step = Math.fround(Math.fround(high - low) / 255);
    if (!(step > 0) || step === Infinity) throw unsupported(node, 'its input is all zero or not finite');
    const y = allocate(node, 'uint8', x.shape);
    const scale = allocate(node, 'float32', []);
    const zeroPoint = allocate(node, 'uint8', []);
    scale.data[0] = step;
    const zero = roundHalfEven(saturate(Math.fround(0 - Math.fround(low / step)), 'uint8'));
    zeroPoint.data[0] = zero;
    x.data.forEach((value, i) => {
      y.data[i] = saturate(roundHalfEven(Math.fround(value / step)) + zero, 'uint8');
    });
    return [y, scale, zeroPoint];
  },
  infer: (node, inputs) => [
    { type: 'uint8', shape: required(node, inputs, 0).shape },
    { type: 'float32', shape: [] },
    { type: 'uint8', shape: [] },
  ],
};

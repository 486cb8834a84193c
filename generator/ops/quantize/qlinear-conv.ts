import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { convolution } from '../shared/convolution.ts';
import { requireType, required } from '../shared/inputs.ts';
import { type IntegerKind, roundHalfEven } from '../shared/numbers.ts';
import { allocate } from '../shared/shapes.ts';
import { perChannel, sameTypeZeroPoint, saturate } from '../shared/zero-point.ts';

/** ONNX QLinearConv: ConvInteger with an int32 bias, rescaled by x_scale w_scale / y_scale, rounded to even, saturated. */
export const qlinearConv: OpDefinition = {
  op: 'QLinearConv',
  domain: '',
  evaluate(node, inputs) {
    const [x, xScale, xZero, w, wScale, wZero, yScale, yZero] = [0, 1, 2, 3, 4, 5, 6, 7].map((i) =>
      required(node, inputs, i),
    );
    const bias = inputs[8];
    for (const input of [x!, w!, yZero!]) requireType(node, input, ['int8', 'uint8']);
    if (bias) requireType(node, bias, ['int32']);
    sameTypeZeroPoint(node, x!, xZero);
    sameTypeZeroPoint(node, w!, wZero);
    const outputs = w!.shape[0]!;
    const [zeroX, scaleX] = [perChannel(node, xZero, 1)(0), perChannel(node, xScale, 1)(0)];
    const [zeroY, scaleY] = [perChannel(node, yZero, 1)(0), perChannel(node, yScale, 1)(0)];
    const [zeroW, scaleW] = [perChannel(node, wZero, outputs), perChannel(node, wScale, outputs)];
    const addend = perChannel(node, bias, outputs);
    const attributes = new Attributes(node);
    const plan = convolution(
      node,
      attributes,
      x!,
      w!,
      (at) => x!.data[at]! - zeroX,
      (at, channel) => w!.data[at]! - zeroW(channel),
    );
    attributes.done();
    const type = yZero!.type as IntegerKind;
    const y = allocate(node, type, plan.shape);
    plan.run((index, channel, sum) => {
      const scaled = (sum + addend(channel)) * ((scaleX * scaleW(channel)) / scaleY);
      y.data[index] = saturate(roundHalfEven(scaled) + zeroY, type);
    });
    return [y];
  },
};

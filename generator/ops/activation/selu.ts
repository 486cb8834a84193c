import { unary } from '../shared/unary.ts';

/** ONNX Selu: gamma x, or gamma alpha (exp(x) - 1) up to 0. Operator sets below 6 have shorter default constants. */
export const selu = unary('Selu', (attributes, opset) => {
  const alpha = attributes.number('alpha', opset < 6 ? 1.6732 : 1.67326319217681884765625);
  const gamma = attributes.number('gamma', opset < 6 ? 1.0507 : 1.05070102214813232421875);
  return (x) => gamma * (x > 0 ? x : alpha * Math.expm1(x));
});

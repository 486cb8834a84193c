/** ai.onnx.ml operators that are layers in other words: scalers and linear regression. */
import { Attributes } from '../../ops/shared/attributes.ts';
import { floats } from '../make-tensor.ts';
import { addAffine, perFeature } from './affine.ts';
import { addDense } from './dense.ts';
import { type Rule, refuse } from './lowering.ts';

/** (x - offset) scale, by feature. */
export const scalerRule: Rule = (node, lowering) => {
  const view = lowering.view(node, 0);
  if (lowering.typeOf(node, 0) !== 'float32') throw refuse(node, 'its input is not float32');
  const attributes = new Attributes(node);
  const list = (name: string, absent: number): Float64Array => {
    const values = attributes.numbers(name) ?? [absent];
    return perFeature(node, lowering, view, floats([values.length], values));
  };
  const [offset, scale] = [list('offset', 0), list('scale', 1)];
  const shift = offset.map((value, i) => -value * scale[i]!);
  addAffine(node, lowering, view, scale, shift);
};

/** One dense output a target. */
export const linearRegressorRule: Rule = (node, lowering) => {
  const attributes = new Attributes(node);
  if (lowering.typeOf(node, 0) !== 'float32') throw refuse(node, 'its input is not float32');
  if (attributes.text('post_transform', 'NONE') !== 'NONE') throw refuse(node, 'it transforms its output');
  const targets = attributes.number('targets', 1);
  const weights = Float64Array.from(attributes.numbers('coefficients') ?? []);
  const bias = Float64Array.from(attributes.numbers('intercepts') ?? new Array<number>(targets).fill(0));
  addDense(node, lowering, lowering.view(node, 0), weights, targets, bias);
};

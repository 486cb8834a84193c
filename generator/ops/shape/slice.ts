import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { integersOf, required } from '../shared/inputs.ts';
import { strided } from '../shared/move.ts';
import { invalid } from '../shared/refuse.ts';
import { stridesOf, toAxes } from '../shared/shapes.ts';

/** ONNX Slice. Starts, ends, axes and steps are inputs from operator set 10 on, attributes (without steps) before. */
export const slice: OpDefinition = {
  op: 'Slice',
  domain: '',
  shapeInputs: [1, 2, 3, 4],
  evaluate(node, inputs, { opset }) {
    const x = required(node, inputs, 0);
    const attributes = new Attributes(node);
    const asInput = opset >= 10;
    const list = (name: string, index: number) =>
      asInput ? inputs[index] && integersOf(node, inputs[index]) : attributes.numbers(name);
    const starts = list('starts', 1);
    const ends = list('ends', 2);
    if (!starts || !ends) throw invalid(node, 'its starts or ends are missing');
    const axes = toAxes(node, list('axes', 3) ?? starts.map((_, axis) => axis), x.shape.length);
    const steps = (asInput ? list('steps', 4) : undefined) ?? starts.map(() => 1);
    attributes.done();
    if ([ends, axes, steps].some((other) => other.length !== starts.length)) {
      throw invalid(node, 'starts, ends, axes and steps differ in length');
    }

    const strides = stridesOf(x.shape);
    const shape = [...x.shape];
    let offset = 0;
    axes.forEach((axis, i) => {
      const { start, count, step } = rangeOf(x.shape[axis]!, starts[i]!, ends[i]!, steps[i]!);
      if (step === 0) throw invalid(node, 'a step is 0');
      offset += count > 0 ? start * strides[axis]! : 0;
      strides[axis]! *= step;
      shape[axis] = count;
    });
    return [strided(node, x, shape, strides, offset)];
  },
};

/** Positions start, start + step, ... (count of them) of an axis; ends are clamped as in numpy. */
export function rangeOf(
  size: number,
  start: number,
  end: number,
  step: number,
): { start: number; count: number; step: number } {
  const [low, high] = step < 0 ? [-1, size - 1] : [0, size];
  const clamp = (at: number, lowest: number) => Math.min(Math.max(at < 0 ? at + size : at, lowest), high);
  const first = clamp(start, 0);
  const last = clamp(end, low);
  // A step beyond the axis picks one element; clamping keeps "to the end" markers finite.
  const stride = Math.min(Math.max(step, -size - 1), size + 1);
  return { start: first, count: Math.max(0, Math.ceil((last - first) / stride)), step: stride };
}

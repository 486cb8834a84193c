import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { requireType, required } from '../shared/inputs.ts';
import { invalid } from '../shared/refuse.ts';
import { allocate } from '../shared/shapes.ts';
import { tableTypes } from '../shared/table.ts';

/** ai.onnx.ml Scaler: (x - offset) scale, by feature (the last axis) or with one value for all. */
export const scaler: OpDefinition = {
  op: 'Scaler',
  domain: 'ai.onnx.ml',
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    requireType(node, x, tableTypes);
    const attributes = new Attributes(node);
    const offset = attributes.numbers('offset') ?? [0];
    const scale = attributes.numbers('scale') ?? [1];
    attributes.done();
    const features = x.shape.at(-1) ?? 1;
    for (const list of [offset, scale]) {
      if (list.length !== 1 && list.length !== features) {
        throw invalid(node, `it has ${list.length} constants for ${features} features`);
      }
    }
    const y = allocate(node, 'float32', x.shape);
    x.data.forEach((value, index) => {
      const pick = (list: readonly number[]): number =>
        list.length === 1 ? list[0]! : list[index % features]!;
      y.data[index] = Math.fround((value - pick(offset)) * pick(scale));
    });
    return [y];
  },
};

import type { OpDefinition } from '../op.ts';
import { matmulPlan, multiplyBatches } from '../linear/matmul.ts';
import { Attributes } from '../shared/attributes.ts';
import { requireType, required, scalarOf } from '../shared/inputs.ts';
import { integerProduct, spread } from '../shared/integer-matmul.ts';
import { type IntegerKind, roundHalfEven } from '../shared/numbers.ts';
import { unsupported } from '../shared/refuse.ts';
import { allocate } from '../shared/shapes.ts';
import { sameTypeZeroPoint, saturate } from '../shared/zero-point.ts';

/** ONNX QLinearMatMul: the integer product, rescaled by a_scale b_scale / y_scale, rounded to even, saturated. */
export const qlinearMatmul: OpDefinition = {
  op: 'QLinearMatMul',
  domain: '',
  evaluate(node, inputs) {
    const all = [0, 1, 2, 3, 4, 5, 6, 7].map((index) => required(node, inputs, index));
    const [a, aScale, aZero, b, bScale, bZero, yScale, yZero] = all;
    new Attributes(node).done();
    for (const input of [a!, b!, yZero!]) requireType(node, input, ['int8', 'uint8']);
    sameTypeZeroPoint(node, a!, aZero);
    sameTypeZeroPoint(node, b!, bZero);
    if (yScale!.data.length > 1) throw unsupported(node, 'its output scale differs from row to row');
    const [scaleY, zeroY] = [scalarOf(node, yScale!), scalarOf(node, yZero!)];
    const type = yZero!.type as IntegerKind;
    const y = allocate(node, type, matmulPlan(node, a!.shape, b!.shape).shape);

    // One scale for each element of the result: rows of A's scales times columns of B's.
    const rows = a!.shape.length > 1 ? a!.shape.with(a!.shape.length - 1, 1) : [1, 1];
    const columns = b!.shape.length > 1 ? b!.shape.with(b!.shape.length - 2, 1) : [1, 1];
    const scales = new Float64Array(y.data.length);
    const [aScales, bScales] = [spread(node, aScale, rows, 'row'), spread(node, bScale, columns, 'column')];
    multiplyBatches(
      matmulPlan(node, rows, columns),
      aScales,
      bScales,
      (index, scale) => (scales[index] = scale),
    );
    integerProduct(node, a!, aZero, b!, bZero, (index, sum) => {
      y.data[index] = saturate(roundHalfEven(sum * (scales[index]! / scaleY)) + zeroY, type);
    });
    return [y];
  },
};

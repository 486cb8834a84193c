import { reduction } from '../shared/reduction.ts';

/** ONNX ReduceLogSumExp: log of the sum of exponentials; the maximum is taken off first, so that nothing overflows. */
export const reduceLogSumExp = reduction('ReduceLogSumExp', {
  axesInput: 18,
  reduce: (values) => {
    const largest = values.reduce((a, b) => Math.max(a, b), -Infinity);
    if (!Number.isFinite(largest)) return largest;
    return largest + Math.log(values.reduce((sum, x) => sum + Math.exp(x - largest), 0));
  },
});

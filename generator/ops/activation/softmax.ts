import { alongAxis } from '../shared/along-axis.ts';

/** exp(x - max) / sum(exp(x - max)): the maximum is taken off first, so that nothing overflows. */
export function softmaxOf(line: Float64Array): Float64Array {
  const largest = line.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = line.map((x) => Math.exp(x - largest));
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / total);
}

/** ONNX Softmax. */
export const softmax = alongAxis('Softmax', softmaxOf);

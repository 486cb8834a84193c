import { alongAxis } from '../shared/along-axis.ts';

/** ONNX LogSoftmax: x - max - log(sum(exp(x - max))). */
export const logSoftmax = alongAxis('LogSoftmax', (line) => {
  const largest = line.reduce((a, b) => Math.max(a, b), -Infinity);
  const total = line.reduce((sum, x) => sum + Math.exp(x - largest), 0);
  return line.map((x) => x - largest - Math.log(total));
});

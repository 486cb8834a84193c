import { alongAxis } from '../shared/along-axis.ts';

/** ONNX Hardmax: 1 at the first maximum, 0 elsewhere. */
export const hardmax = alongAxis('Hardmax', (line) => {
  const result = new Float64Array(line.length);
  if (line.length > 0) result[line.indexOf(line.reduce((a, b) => Math.max(a, b)))] = 1;
  return result;
});

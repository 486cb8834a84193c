import { globalPooling } from '../shared/global-pooling.ts';

/** ONNX GlobalLpPool: (sum |x|^p)^(1/p). */
export const globalLpPool = globalPooling('GlobalLpPool', (attributes) => {
  const p = attributes.number('p', 2);
  return (values) => values.reduce((sum, x) => sum + Math.abs(x) ** p, 0) ** (1 / p);
});

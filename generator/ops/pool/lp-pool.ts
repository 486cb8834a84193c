import { pooling } from '../shared/pooling.ts';

/** ONNX LpPool: (sum |x|^p)^(1/p) of each window. */
export const lpPool = pooling('LpPool', (attributes) => {
  const p = attributes.number('p', 2);
  return (values) => values.reduce((sum, x) => sum + Math.abs(x) ** p, 0) ** (1 / p);
});

import { globalPooling } from '../shared/global-pooling.ts';

/** ONNX GlobalAveragePool. */
export const globalAveragePool = globalPooling(
  'GlobalAveragePool',
  () => (values) => values.reduce((a, b) => a + b, 0) / values.length,
);

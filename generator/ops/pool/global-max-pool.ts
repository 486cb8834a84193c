import { globalPooling } from '../shared/global-pooling.ts';

/** ONNX GlobalMaxPool. */
export const globalMaxPool = globalPooling(
  'GlobalMaxPool',
  () => (values) => values.reduce((a, b) => Math.max(a, b), -Infinity),
);

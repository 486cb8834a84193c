import { pooling } from '../shared/pooling.ts';

/** ONNX AveragePool: the mean of each window; padding counts if count_include_pad. */
export const averagePool = pooling('AveragePool', (attributes) => {
  const includePadding = attributes.flag('count_include_pad');
  return (values, padded) =>
    values.reduce((a, b) => a + b, 0) / (values.length + (includePadding ? padded : 0));
});

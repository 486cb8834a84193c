import { predicate } from '../shared/predicate.ts';

/** ONNX IsInf, of either sign or of one alone. */
export const isInf = predicate('IsInf', (attributes) => {
  const positive = attributes.flag('detect_positive', true);
  const negative = attributes.flag('detect_negative', true);
  return (x) => (positive && x === Infinity) || (negative && x === -Infinity);
});

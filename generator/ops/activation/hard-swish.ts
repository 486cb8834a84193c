import { unary } from '../shared/unary.ts';

/** ONNX HardSwish: x max(0, min(1, x / 6 + 1 / 2)). */
export const hardSwish = unary('HardSwish', () => (x) => x * Math.max(0, Math.min(1, x / 6 + 0.5)));

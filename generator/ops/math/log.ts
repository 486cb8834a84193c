import { unary } from '../shared/unary.ts';

/** ONNX Log, to base e. */
export const log = unary('Log', () => Math.log);

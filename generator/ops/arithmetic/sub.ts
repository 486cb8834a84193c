import { binary } from '../shared/binary.ts';

/** ONNX Sub: a - b. */
export const sub = binary('Sub', () => (a, b) => a - b);

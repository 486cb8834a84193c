import { binary } from '../shared/binary.ts';

/** ONNX Add: a + b. */
export const add = binary('Add', () => (a, b) => a + b);

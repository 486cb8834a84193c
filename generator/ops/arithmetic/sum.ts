import { variadic } from '../shared/variadic.ts';

/** ONNX Sum of all inputs, element by element. */
export const sum = variadic('Sum', (a, b) => a + b);

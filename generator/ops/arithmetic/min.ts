import { variadic } from '../shared/variadic.ts';

/** ONNX Min: the smallest input, element by element; NaN wins. */
export const min = variadic('Min', Math.min);

import { unary } from '../shared/unary.ts';

/** log(1 + exp(x)) without overflow. */
export const softplusOf = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** ONNX Softplus. */
export const softplus = unary('Softplus', () => softplusOf);

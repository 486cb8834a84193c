import { unary } from '../shared/unary.ts';

/** 1 / (1 + exp(-x)), without overflow on either side. */
export const logistic = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : 1 - 1 / (1 + Math.exp(x)));

/** ONNX Sigmoid. */
export const sigmoid = unary('Sigmoid', () => logistic);

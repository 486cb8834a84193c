/** Small questions that several families ask. */
import type { Node } from '../ir.ts';

export const isAccess = (n: Node): boolean => n.op === 'load' || n.op === 'store';
export const isPowerOfTwo = (v: number): boolean => v > 0 && Number.isInteger(Math.log2(v));

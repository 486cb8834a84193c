/** Which operators compute with floating-point numbers. */
import type { Node } from './ir.ts';

/** Whether an operator computes with floating-point numbers; moves, constants and memory do not. */
export const isFloatOperator = (name: string): boolean => {
  const operation = name.slice(4);
  const computes =
    /^(add|sub|mul|div|sqrt|abs|neg|copysign|eq|ne|lt|gt|le|ge|floor|ceil|trunc|nearest|min|max|convert_i.*|promote.*|demote.*)$/;
  return (name.startsWith('f') && computes.test(operation)) || /^i(32|64)\.trunc_/.test(name);
};

export const isDoubleOperator = (name: string): boolean => isFloatOperator(name) && name.includes('f64');

export const isFloatComparison = (n: Node): boolean =>
  n.op === 'float' && /^f(32|64)\.(eq|ne|[lg][te])$/.test(n.name);

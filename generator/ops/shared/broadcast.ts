/** Multidirectional broadcasting (ONNX docs/Broadcasting.md): axes align at the end, size 1 stretches. */
import type { Node } from '../../graph/graph.ts';
import { invalid } from './refuse.ts';
import { type Shape, stridesOf } from './shapes.ts';

/** The shape that all given shapes stretch to. */
export function broadcastShape(node: Node, shapes: readonly Shape[]): number[] {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    let size = 1;
    for (const shape of shapes) {
      const own = shape[axis - rank + shape.length] ?? 1;
      if (own === 1 || own === size) continue;
      if (size !== 1) {
        throw invalid(
          node,
          `shapes ${shapes.map((s) => `[${s.join(', ')}]`).join(' and ')} do not fit together`,
        );
      }
      size = own;
    }
    return size;
  });
}

/** Strides that read a tensor of `shape` as if it had been stretched to `target`. */
export function broadcastStrides(shape: Shape, target: Shape): number[] {
  const own = stridesOf(shape);
  const shift = target.length - shape.length;
  return target.map((_, axis) => (axis < shift || shape[axis - shift] === 1 ? 0 : own[axis - shift]!));
}

/** Whether `shape` stretches to exactly `target` (unidirectional broadcasting). */
export function stretchesTo(shape: Shape, target: Shape): boolean {
  const shift = target.length - shape.length;
  return shift >= 0 && shape.every((size, axis) => size === 1 || size === target[axis + shift]);
}

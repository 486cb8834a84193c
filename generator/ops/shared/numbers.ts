/** How results of each element type are stored: rounding of floats, wrapping of integers. */
import { modelRefusals } from '../../../common/refusals/index.ts';
import type { Node } from '../../graph/graph.ts';
import type { ElementType } from '../../graph/tensor.ts';
import { roundToFloat16 } from '../../onnx/float16.ts';

export type IntegerKind = 'int8' | 'uint8' | 'int16' | 'uint16' | 'int32' | 'uint32' | 'int64' | 'uint64';

export const isFloat = (type: ElementType): boolean =>
  type === 'float32' || type === 'float64' || type === 'float16';

export const isInteger = (type: ElementType): type is IntegerKind =>
  type.startsWith('int') || type.startsWith('uint');

/** Lowest and highest value of an integer type; 64-bit ends are infinities, see graph/tensor.ts. */
export const rangeOf: Readonly<Record<IntegerKind, readonly [number, number]>> = {
  int8: [-128, 127],
  uint8: [0, 255],
  int16: [-32768, 32767],
  uint16: [0, 65535],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
  int64: [-Infinity, Infinity],
  uint64: [0, Infinity],
};

/**
 * Turns a float64 result into a value of `type`: floats round to nearest even, integers of up to 32 bits wrap as in C,
 * 64-bit integers beyond 2^53 are refused because float64 does not hold them.
 */
export function storer(type: ElementType, node: Node): (value: number) => number {
  switch (type) {
    case 'float32':
      return Math.fround;
    case 'float64':
      return (value) => value;
    case 'float16':
      return roundToFloat16;
    case 'int8':
      return (value) => (value << 24) >> 24;
    case 'uint8':
      return (value) => value & 0xff;
    case 'int16':
      return (value) => (value << 16) >> 16;
    case 'uint16':
      return (value) => value & 0xffff;
    case 'int32':
      return (value) => value | 0;
    case 'uint32':
      return (value) => value >>> 0;
    case 'bool':
      return (value) => (value ? 1 : 0);
    case 'int64':
    case 'uint64':
      return (value) => {
        if (Number.isSafeInteger(value) && (type === 'int64' || value >= 0)) return value;
        throw modelRefusals.integerRange(`The result of node "${node.name}" (${node.op})`, String(value));
      };
    case 'string':
      throw modelRefusals.unsupported(node.name, node.op, 'it computes with strings');
  }
}

/** Rounds to the nearest integer, halves to the even one (ONNX Round, QuantizeLinear). */
export function roundHalfEven(value: number): number {
  const low = Math.floor(value);
  const rest = value - low;
  if (rest !== 0.5) return Math.round(value);
  return low % 2 === 0 ? low : low + 1;
}

/** Truncates towards zero into an integer type; refuses NaN and values outside it, whose result C leaves undefined. */
export function truncator(type: IntegerKind, node: Node): (value: number) => number {
  const [low, high] = rangeOf[type];
  return (value) => {
    const whole = Math.trunc(value);
    const fits = whole >= low && whole <= high && Number.isSafeInteger(whole);
    if (!fits)
      throw modelRefusals.integerRange(`The result of node "${node.name}" (${node.op})`, String(value));
    return whole === 0 ? 0 : whole;
  };
}

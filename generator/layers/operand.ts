/** A buffer as products read it: values of 16 bits, or of 8 where the buffer is narrow. */
import type { ActivationType } from '../emit/activation-type.ts';
import type { QuantizeContext } from './layer-kind.ts';

export interface Operand {
  type: ActivationType;
  /** Real value of one step. */
  scale: number;
  /** Largest magnitude of a value: saturation may leave the most negative one. */
  magnitude: number;
}

export function operandOf(
  buffer: string,
  { formatOf, droppedBits }: Pick<QuantizeContext, 'formatOf' | 'droppedBits'>,
): Operand {
  const { scale } = formatOf(buffer);
  const dropped = droppedBits(buffer);
  return dropped === undefined
    ? { type: 'i16', scale, magnitude: 32768 }
    : { type: 'i8', scale: scale * 2 ** dropped, magnitude: 128 };
}

import { type ElementType, type Tensor, elementCount } from './tensor.ts';

/** A tensor from plain numbers; throws when their count does not fill the shape. */
export function makeTensor(type: ElementType, shape: readonly number[], values: ArrayLike<number>): Tensor {
  const data = Float64Array.from(values);
  if (data.length !== elementCount(shape)) throw new Error(`${data.length} values for [${shape}]`);
  return { type, shape, data: type === 'float32' ? data.map(Math.fround) : data };
}

export const floats = (shape: readonly number[], values: ArrayLike<number>): Tensor =>
  makeTensor('float32', shape, values);

export const int64s = (shape: readonly number[], values: ArrayLike<number>): Tensor =>
  makeTensor('int64', shape, values);

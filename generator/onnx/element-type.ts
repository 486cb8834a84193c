/** TensorProto.DataType numbers and the element types that the float reference knows. */
import { modelRefusals } from '../../common/refusals/index.ts';
import type { ElementType } from '../graph/tensor.ts';

const known: Readonly<Record<number, ElementType>> = {
  1: 'float32',
  2: 'uint8',
  3: 'int8',
  4: 'uint16',
  5: 'int16',
  6: 'int32',
  7: 'int64',
  8: 'string',
  9: 'bool',
  10: 'float16',
  11: 'float64',
  12: 'uint32',
  13: 'uint64',
};

const unsupported: Readonly<Record<number, string>> = {
  14: 'complex64',
  15: 'complex128',
  16: 'bfloat16',
  17: 'float8e4m3fn',
  18: 'float8e4m3fnuz',
  19: 'float8e5m2',
  20: 'float8e5m2fnuz',
  21: 'uint4',
  22: 'int4',
  23: 'float4e2m1',
  24: 'float8e8m0',
  25: 'uint2',
  26: 'int2',
};

/** The element type of a DataType number; undefined when the reference does not know it. */
export const elementTypeOf = (dataType: number): ElementType | undefined => known[dataType];

/** For messages: the name of any DataType number. */
export const dataTypeName = (dataType: number): string =>
  known[dataType] ?? unsupported[dataType] ?? `number ${dataType}`;

/** The DataType number of an element type, for writing files and for operators with a type attribute. */
export function dataTypeOf(type: ElementType): number {
  return Number(Object.keys(known).find((key) => known[Number(key)] === type));
}

/** The element type, or a refusal that names `where` (e.g. `input "x"`). */
export function requireElementType(
  dataType: number | undefined,
  fileName: string,
  where: string,
): ElementType {
  const type = elementTypeOf(dataType ?? 0);
  if (type === undefined) throw modelRefusals.elementType(fileName, where, dataTypeName(dataType ?? 0));
  return type;
}

/** How integers stand for real numbers in a block: real = integer * scale (symmetric, no zero point). */
export interface Format {
  type: IntegerType;
  scale: number;
}

export type IntegerType = 'i8' | 'i16' | 'i32' | 'i64';

export const bytesOf: Record<IntegerType, number> = { i8: 1, i16: 2, i32: 4, i64: 8 };

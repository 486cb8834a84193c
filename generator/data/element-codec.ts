/** Element types of tensor files that can be read and written, and how their little-endian bytes become numbers. */
import { halfToNumber, numberToHalf } from './half.ts';

interface ElementCodec {
  bytes: number;
  /** A value that float64 cannot hold exactly (beyond 2^53) is answered with the bigint. */
  read(view: DataView, offset: number): number | bigint;
  write(view: DataView, offset: number, value: number): void;
}

export const elementCodecs = {
  F64: { bytes: 8, read: (v, o) => v.getFloat64(o, true), write: (v, o, x) => v.setFloat64(o, x, true) },
  F32: { bytes: 4, read: (v, o) => v.getFloat32(o, true), write: (v, o, x) => v.setFloat32(o, x, true) },
  F16: {
    bytes: 2,
    read: (v, o) => halfToNumber(v.getUint16(o, true)),
    write: (v, o, x) => v.setUint16(o, numberToHalf(x), true),
  },
  I64: {
    bytes: 8,
    read: (v, o) => exactNumber(v.getBigInt64(o, true)),
    write: (v, o, x) => v.setBigInt64(o, BigInt(integerWithin(x, Number.MAX_SAFE_INTEGER)), true),
  },
  I32: {
    bytes: 4,
    read: (v, o) => v.getInt32(o, true),
    write: (v, o, x) => v.setInt32(o, integerWithin(x, 2 ** 31 - 1), true),
  },
  I16: {
    bytes: 2,
    read: (v, o) => v.getInt16(o, true),
    write: (v, o, x) => v.setInt16(o, integerWithin(x, 2 ** 15 - 1), true),
  },
  I8: {
    bytes: 1,
    read: (v, o) => v.getInt8(o),
    write: (v, o, x) => v.setInt8(o, integerWithin(x, 127)),
  },
  U8: {
    bytes: 1,
    read: (v, o) => v.getUint8(o),
    write: (v, o, x) => v.setUint8(o, integerWithin(x, 255, 0)),
  },
} satisfies Record<string, ElementCodec>;

export type SafetensorsType = keyof typeof elementCodecs;

/** The codec of a type name in a file, or undefined for a type outside the set. */
export const codecOf = (dtype: string): ElementCodec | undefined =>
  Object.hasOwn(elementCodecs, dtype) ? elementCodecs[dtype as SafetensorsType] : undefined;

function exactNumber(value: bigint): number | bigint {
  return value >= -(2n ** 53n) && value <= 2n ** 53n ? Number(value) : value;
}

/** Guards the writer's callers: a value that the type cannot hold would otherwise wrap silently. */
function integerWithin(value: number, highest: number, lowest = -highest - 1): number {
  if (!Number.isInteger(value) || value > highest || value < lowest)
    throw new RangeError(`${value} is not an integer of ${lowest} to ${highest}`);
  return value;
}

/** Little-endian `raw_data` of a TensorProto, in both directions (onnx.proto, field TensorProto.raw_data). */
import type { ElementType } from '../graph/tensor.ts';
import { fromFloat16, toFloat16 } from './float16.ts';
import { toBigInt, toNumber } from './int64.ts';

export type NumericType = Exclude<ElementType, 'string'>;

export const rawBytesOf: Readonly<Record<NumericType, number>> = {
  float32: 4,
  float64: 8,
  float16: 2,
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  uint64: 8,
  bool: 1,
};

/** Values of `raw`, whose length must be a whole number of elements; `where` names it in refusals. */
export function fromRawBytes(raw: Uint8Array, type: NumericType, where: string): Float64Array {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const read: Record<NumericType, (at: number) => number> = {
    float32: (at) => view.getFloat32(at, true),
    float64: (at) => view.getFloat64(at, true),
    float16: (at) => fromFloat16(view.getUint16(at, true)),
    int8: (at) => view.getInt8(at),
    uint8: (at) => view.getUint8(at),
    int16: (at) => view.getInt16(at, true),
    uint16: (at) => view.getUint16(at, true),
    int32: (at) => view.getInt32(at, true),
    uint32: (at) => view.getUint32(at, true),
    int64: (at) => toNumber(view.getBigInt64(at, true), where),
    uint64: (at) => toNumber(view.getBigUint64(at, true), where),
    bool: (at) => (view.getUint8(at) ? 1 : 0),
  };
  const size = rawBytesOf[type];
  const data = new Float64Array(raw.length / size);
  for (let i = 0; i < data.length; i++) data[i] = read[type](i * size);
  return data;
}

export function toRawBytes(data: Float64Array, type: NumericType): Uint8Array {
  const size = rawBytesOf[type];
  const raw = new Uint8Array(data.length * size);
  const view = new DataView(raw.buffer);
  const write: Record<NumericType, (at: number, value: number) => void> = {
    float32: (at, value) => view.setFloat32(at, value, true),
    float64: (at, value) => view.setFloat64(at, value, true),
    float16: (at, value) => view.setUint16(at, toFloat16(value), true),
    int8: (at, value) => view.setInt8(at, value),
    uint8: (at, value) => view.setUint8(at, value),
    int16: (at, value) => view.setInt16(at, value, true),
    uint16: (at, value) => view.setUint16(at, value, true),
    int32: (at, value) => view.setInt32(at, value, true),
    uint32: (at, value) => view.setUint32(at, value, true),
    int64: (at, value) => view.setBigInt64(at, toBigInt(value), true),
    uint64: (at, value) => view.setBigUint64(at, toBigInt(value), true),
    bool: (at, value) => view.setUint8(at, value),
  };
  for (let i = 0; i < data.length; i++) write[type](i * size, data[i]!);
  return raw;
}

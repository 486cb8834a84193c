/**
 * TensorProto -> Tensor (onnx.proto, message TensorProto). Values come either as little-endian bytes in
 * `raw_data` or in the typed field that the element type prescribes:
 *   float_data   float32                 double_data  float64              string_data  string
 *   int32_data   int32, int16, int8, uint16, uint8, bool, float16 (bits)   int64_data   int64
 *   uint64_data  uint32, uint64
 */
import { modelRefusals } from '../../common/refusals/index.ts';
import { type Tensor, elementCount } from '../graph/tensor.ts';
import { decodeTensorProto } from './decode.ts';
import { requireElementType } from './element-type.ts';
import { fromFloat16 } from './float16.ts';
import { toNumber } from './int64.ts';
import { type Int64, type TensorProto, has } from './messages.ts';
import { type NumericType, fromRawBytes, rawBytesOf } from './raw-bytes.ts';

const sizeLimit = 2 ** 31;

/** Decodes a TensorProto file (`.pb`), as the conformance suites hold them. */
export function decodeTensor(bytes: Uint8Array, fileName = 'tensor'): { name: string; tensor: Tensor } {
  const proto = decodeTensorProto(bytes, fileName);
  return { name: proto.name ?? '', tensor: toTensor(proto, fileName, proto.name || fileName) };
}

/** Decodes one tensor of a model; `where` names it in refusals. */
export function toTensor(proto: TensorProto, fileName: string, where: string): Tensor {
  if (proto.dataLocation === 1 || proto.externalData.length > 0) {
    throw modelRefusals.externalData(fileName, where);
  }
  const type = requireElementType(proto.dataType, fileName, `tensor "${where}"`);
  const damaged = (why: string) => modelRefusals.badTensor(fileName, where, why);
  if (has(proto, 'segment')) throw damaged('it is stored in segments');
  const shape = proto.dims.map((dim) => toNumber(dim, `A dimension of tensor "${where}" in ${fileName}`));
  if (shape.some((dim) => !(dim >= 0 && dim < sizeLimit)) || !(elementCount(shape) < sizeLimit)) {
    throw damaged(`its shape is [${shape.join(', ')}]`);
  }
  const count = elementCount(shape);

  if (type === 'string') {
    if (proto.stringData.length !== count) {
      throw damaged(`it holds ${proto.stringData.length} strings instead of ${count}`);
    }
    const text = new TextDecoder();
    return { type, shape, data: new Float64Array(0), strings: proto.stringData.map((s) => text.decode(s)) };
  }
  const raw = has(proto, 'rawData') ? proto.rawData : undefined;
  if (raw !== undefined && raw.length > 0) {
    const expected = count * rawBytesOf[type];
    if (raw.length !== expected) throw damaged(`it holds ${raw.length} bytes instead of ${expected}`);
    return { type, shape, data: fromRawBytes(raw, type, `Tensor "${where}" in ${fileName}`) };
  }
  const values = typedField(proto, type);
  if (values.length !== count) throw damaged(`it holds ${values.length} values instead of ${count}`);
  return { type, shape, data: fromTyped(values, type, `Tensor "${where}" in ${fileName}`) };
}

function typedField(proto: TensorProto, type: NumericType): readonly (number | Int64)[] {
  if (type === 'float32') return proto.floatData;
  if (type === 'float64') return proto.doubleData;
  if (type === 'int64') return proto.int64Data;
  if (type === 'uint32' || type === 'uint64') return proto.uint64Data;
  return proto.int32Data;
}

function fromTyped(values: readonly (number | Int64)[], type: NumericType, where: string): Float64Array {
  const numbers = Float64Array.from(values, (v) => (typeof v === 'number' ? v : toNumber(v, where)));
  if (type === 'float16') return numbers.map((bits) => fromFloat16(bits & 0xffff));
  if (type === 'bool') return numbers.map((v) => (v ? 1 : 0));
  if (type === 'int8') return Float64Array.from(Int8Array.from(numbers));
  if (type === 'uint8') return Float64Array.from(Uint8Array.from(numbers));
  if (type === 'int16') return Float64Array.from(Int16Array.from(numbers));
  if (type === 'uint16') return Float64Array.from(Uint16Array.from(numbers));
  if (type === 'uint32') return Float64Array.from(Uint32Array.from(numbers));
  return numbers;
}

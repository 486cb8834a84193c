/** The type of a graph input (onnx.proto, message ValueInfoProto), with the batch axis bound to 1. */
import { modelRefusals } from '../../common/refusals/index.ts';
import type { TensorType } from '../graph/tensor.ts';
import { requireElementType } from './element-type.ts';
import { toNumber } from './int64.ts';
import { type ValueInfoProto, has } from './messages.ts';

const batchName = /^(n|b|bs)$|batch/i;
const timeName = /seq|time|step|len|window|frame|sample/i;

/**
 * Shape and element type of an input. An open axis is bound to 1 when it is the batch: its name says so, or it is
 * the first axis, no other axis is named as the batch, and its name does not speak of time. Other open axes are refused.
 * `given` is a shape known from elsewhere (the tensor that will be fed), which fills open axes.
 */
export function toInputType(
  proto: ValueInfoProto,
  fileName: string,
  given?: readonly number[],
): { name: string } & TensorType {
  const name = proto.name ?? '';
  const kind = (text: string) => modelRefusals.inputKind(fileName, name, text);
  if (proto.type?.sequenceType) throw kind('a sequence');
  if (proto.type?.mapType) throw kind('a map');
  if (proto.type?.optionalType) throw kind('optional');
  if (proto.type?.sparseTensorType) throw kind('a sparse tensor');
  const tensorType = proto.type?.tensorType;
  if (!tensorType) throw kind('without a type');
  const type = requireElementType(tensorType.elemType, fileName, `input "${name}"`);
  if (given) return { name, type, shape: given };
  if (!tensorType.shape) throw kind('a tensor of unknown rank');

  const dims = tensorType.shape.dim;
  const namedBatch = dims.some((dim) => batchName.test(dim.dimParam ?? ''));
  const shape = dims.map((dim, axis) => {
    if (has(dim, 'dimValue')) {
      const size = toNumber(dim.dimValue!, `A dimension of input "${name}" in ${fileName}`);
      if (size > 0 && size <= 2 ** 24) return size;
      throw modelRefusals.dynamicDimension(fileName, name, axis, `its size is ${size}`);
    }
    const symbol = dim.dimParam ?? '';
    if (batchName.test(symbol)) return 1;
    if (axis === 0 && !namedBatch && !timeName.test(symbol)) return 1;
    throw modelRefusals.dynamicDimension(fileName, name, axis, symbol ? `"${symbol}"` : 'unnamed');
  });
  return { name, type, shape };
}

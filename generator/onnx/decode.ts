/** Bytes to protobuf messages. Whatever the protobuf library throws becomes one refusal. */
import { modelRefusals } from '../../common/refusals/index.ts';
import type { ModelProto, TensorProto } from './messages.ts';
import { ModelType, TensorType } from './schema.ts';

interface Decoder {
  decode(bytes: Uint8Array): object;
}

export function decodeModel(bytes: Uint8Array, fileName: string): ModelProto {
  return decode(ModelType as unknown as Decoder, bytes, fileName) as ModelProto;
}

export function decodeTensorProto(bytes: Uint8Array, fileName: string): TensorProto {
  return decode(TensorType as unknown as Decoder, bytes, fileName) as TensorProto;
}

function decode(type: Decoder, bytes: Uint8Array, fileName: string): object {
  if (bytes.length === 0) throw modelRefusals.notOnnx(fileName, 'it is empty');
  try {
    // A plain Uint8Array view: the library would copy fields out of a Node Buffer.
    return type.decode(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (error) {
    throw modelRefusals.notOnnx(fileName, `protobuf decoding failed (${(error as Error).message})`);
  }
}

/** ONNX Runtime (its native Node.js binding), one thread. Lives in bench/node_modules. */
import { createRequire } from 'node:module';

interface OrtTensor {
  data: Float32Array;
}

export interface OrtSession {
  run(feeds: Record<string, OrtTensor>): Promise<Record<string, OrtTensor>>;
}

interface Ort {
  Tensor: new (type: string, data: Float32Array, dims: readonly number[]) => OrtTensor;
  InferenceSession: { create(model: Uint8Array, options: object): Promise<OrtSession> };
}

const ort = (): Ort => createRequire(new URL('package.json', import.meta.url))('onnxruntime-node') as Ort;

export const ortVersion = (): string =>
  (
    createRequire(new URL('package.json', import.meta.url))('onnxruntime-node/package.json') as {
      version: string;
    }
  ).version;

/** A call with fixed input: resolves to the named output. */
export async function ortCall(
  model: Uint8Array,
  input: { name: string; data: Float32Array; shape: readonly number[] },
  output: string,
): Promise<() => Promise<Float32Array>> {
  const { Tensor, InferenceSession } = ort();
  const session = await InferenceSession.create(model, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
  });
  const feeds = { [input.name]: new Tensor('float32', input.data, input.shape) };
  return async () => (await session.run(feeds))[output]!.data;
}

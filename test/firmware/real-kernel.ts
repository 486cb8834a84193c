/** For tests: an example's kernel with self-test vectors from its own recording. */
import { buildKernel, type BuiltKernel } from '../../generator/build-kernel.ts';
import { chooseModel } from '../../generator/choose-model.ts';
import { readRecording } from '../../generator/data/recording.ts';
import { toFrames } from '../../generator/data/resample.ts';
import { recordVectors, type FirmwareVectors } from '../../generator/firmware/vectors.ts';
import { loadPipeline } from '../../generator/pipeline/load.ts';

export interface RealKernel {
  kernel: BuiltKernel;
  frames: Int32Array[];
  vectors: FirmwareVectors;
}

const root = new URL('../../', import.meta.url);

export async function realKernel(example: string, model: string): Promise<RealKernel> {
  const loaded = loadPipeline(new URL(`examples/${example}/pipeline.json`, root).pathname);
  const choice = chooseModel(loaded.pipeline, { model });
  const kernel = await buildKernel(loaded, choice, { generator: 'escapement test' });
  const { channels, recordings } = loaded.pipeline;
  const [recording] = recordings ?? [];
  const read = readRecording(
    loaded.resolve(recording.file),
    channels.map((c) => c.name),
  );
  const frames = toFrames(read, channels, choice.rateHz, recording.resample);
  const vectors = recordVectors(kernel.wasm, kernel.manifest, { source: recording.file, frames });
  return { kernel, frames, vectors };
}

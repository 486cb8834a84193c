/** A k-nearest-neighbours model from tensors: one layer that holds all vectors. */
import { pipelineRefusals } from '../../common/refusals/index.ts';
import { readSafetensorsFile, requireTensor } from '../data/safetensors.ts';
import type { Network } from '../graph/network.ts';
import type { ModelVariant } from '../pipeline/pipeline.ts';

/** Throws ESC240, ESC254, ESC280, ESC281 and ESC283 for tensors that do not make a model. */
export function neighboursNetwork(
  file: string,
  { vectors: vectorName, labels: labelName, k }: NonNullable<ModelVariant['neighbours']>,
): Network {
  const tensors = readSafetensorsFile(file);
  const { shape, data: vectors } = requireTensor(tensors, vectorName, file);
  const { data: labels } = requireTensor(tensors, labelName, file);
  if (shape.length !== 2 || shape[0] !== labels.length || labels.length === 0)
    throw pipelineRefusals.evaluationShape(
      file,
      vectorName,
      shape.join(', '),
      `one vector of features for each of ${labels.length} labels`,
    );
  const bad = vectors.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw pipelineRefusals.notFinite(file, vectorName, bad, vectors[bad]);
  const classes = labels.reduce((a, b) => Math.max(a, b)) + 1;
  const odd = labels.findIndex((label) => !(Number.isInteger(label) && label >= 0 && label < 32768));
  if (odd >= 0) throw pipelineRefusals.labelRange(file, labelName, odd, labels[odd], 32768);
  if (!(Number.isInteger(k) && k >= 1 && k <= labels.length))
    throw pipelineRefusals.badCount('neighbours.k', k, 'neighbours', 1, labels.length);
  const [, features] = shape;
  const view = (buffer: string, width: number) => ({ buffer, offset: 0, steps: 1, features: width });
  return {
    name: 'neighbours',
    buffers: { features: { steps: 1, features }, shares: { steps: 1, features: classes } },
    input: 'features',
    output: 'shares',
    layers: [
      {
        kind: 'neighbours',
        name: 'neighbours',
        input: view('features', features),
        output: view('shares', classes),
        vectors,
        labels: Int32Array.from(labels),
        k,
      },
    ],
  };
}

/** A network without layers: features go to the decision as they are. */
import type { Network } from '../graph/network.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { columnsOf } from './sensors.ts';

export function passThroughNetwork(pipeline: Pick<Pipeline, 'channels' | 'preprocess'>): Network {
  const step = pipeline.preprocess.find((s) => s.step === 'features');
  const features = columnsOf(pipeline).flat().length * (step?.features.length ?? 0);
  return {
    name: 'features',
    buffers: { features: { steps: 1, features } },
    input: 'features',
    output: 'features',
    layers: [],
  };
}

/** Every distance: a new one is one file here and one line below. */
import type { TemplateDistance } from '../../pipeline/pipeline.ts';
import { correlation } from './correlation.ts';
import { cosine } from './cosine.ts';
import type { DistanceDefinition } from './distance.ts';
import { euclidean } from './euclidean.ts';
import { manhattan } from './manhattan.ts';
import { minkowski5 } from './minkowski5.ts';

export type VectorDistance = Exclude<TemplateDistance, 'hamming'>;

export const distances: Readonly<Record<VectorDistance, DistanceDefinition>> = {
  euclidean,
  manhattan,
  minkowski5,
  cosine,
  correlation,
};

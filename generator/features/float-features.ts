/** Float meaning of the features of a window. */
import type { WindowFeature } from '../pipeline/pipeline.ts';
import type { FloatColumn } from './column.ts';
import { partnerOf } from './features-stage.ts';
import { featureKind } from './registry.ts';

/** @returns every feature of the first column, then of the second and so on */
export function floatFeatures(
  features: readonly WindowFeature[],
  window: readonly Float64Array[],
  sensors: readonly (readonly number[])[],
  rateHz: number,
): Float64Array {
  const columns: FloatColumn[] = window.map((x, c) => ({
    x,
    rateHz,
    partner: (axis) => window[partnerOf(sensors, c, axis)],
  }));
  return Float64Array.from(columns.flatMap((column) => features.map((f) => featureKind(f).float(f, column))));
}

/** Float meaning of the template decision. */
import { distances } from '../features/distances/registry.ts';
import { hammingShare, projections, protect } from '../features/protect.ts';
import type { TemplateDistance } from '../pipeline/pipeline.ts';

export interface FloatTemplateOptions {
  distance: TemplateDistance;
  leastRange?: number;
  protection?: { bits: number; centre: readonly number[] };
  /** Of protected templates: 8 words. */
  key?: ArrayLike<number>;
}

/** Distance of a window from the nearest template. */
export function nearestTemplate(
  templates: readonly ArrayLike<number>[],
  x: ArrayLike<number>,
  { distance, leastRange, protection, key }: FloatTemplateOptions,
): number {
  if (distance === 'hamming') {
    const { bits, centre } = protection!;
    const signs = projections(key!, bits, x.length);
    const own = protect(x, centre, signs);
    return Math.min(...templates.map((t) => hammingShare(own, protect(t, centre, signs))));
  }
  const vector = (values: ArrayLike<number>): number[] => {
    if (leastRange === undefined) return Array.from(values);
    return Array.from(values, (v, f) => {
      const enrolled = templates.map((t) => t[f]);
      const low = Math.min(...enrolled);
      const range = Math.max(Math.max(...enrolled) - low, leastRange);
      return Math.max(-128, Math.min(128, (v - low) / range));
    });
  };
  const own = vector(x);
  return Math.min(...templates.map((t) => distances[distance].float(own, vector(t))));
}

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

/** Templates -> distance of a window from the nearest of them. */
export function templateMatcher(
  templates: readonly ArrayLike<number>[],
  { distance, leastRange, protection, key }: FloatTemplateOptions,
): (x: ArrayLike<number>) => number {
  if (distance === 'hamming') {
    const { bits, centre } = protection!;
    const signs = projections(key!, bits, centre.length);
    const kept = templates.map((t) => protect(t, centre, signs));
    return (x) => {
      const own = protect(x, centre, signs);
      return Math.min(...kept.map((t) => hammingShare(own, t)));
    };
  }
  const vector =
    leastRange === undefined
      ? (values: ArrayLike<number>) => Array.from(values)
      : ranged(templates, leastRange);
  const kept = templates.map(vector);
  const { float } = distances[distance];
  return (x) => {
    const own = vector(x);
    return Math.min(...kept.map((t) => float(own, t)));
  };
}

/** Brings features from the range of the templates to 0 .. 1. */
function ranged(templates: readonly ArrayLike<number>[], least: number): (x: ArrayLike<number>) => number[] {
  const ranges = Array.from(templates[0]!, (_, f) => {
    const enrolled = templates.map((t) => t[f]!);
    const low = Math.min(...enrolled);
    return { low, range: Math.max(Math.max(...enrolled) - low, least) };
  });
  return (values) =>
    Array.from(values, (v, f) => {
      const { low, range } = ranges[f]!;
      return Math.max(-128, Math.min(128, (v - low) / range));
    });
}

export const nearestTemplate = (
  templates: readonly ArrayLike<number>[],
  x: ArrayLike<number>,
  options: FloatTemplateOptions,
): number => templateMatcher(templates, options)(x);

/** How long a pipeline's filters remember: what a host must wait behind a fault before decisions are free of it. */
import { filterFormat, filterMemory } from '../stages/filter-format.ts';
import { DIFFERENCE_LIMIT } from '../stages/raw-count.ts';
import type { Pipeline } from './pipeline.ts';
import { signalPath } from './signal-path.ts';

/**
 * Seconds at a rate after which no earlier sample, however large, moves what enters the window by more than rounding does;
 * 0 without filter. Throws ESC219 as the kernel's own build does.
 */
export function filterMemorySeconds(
  pipeline: Pick<Pipeline, 'name' | 'channels' | 'preprocess'>,
  rateHz: number,
): number {
  const { sections, average = 0 } = signalPath(pipeline, rateHz);
  if (sections.length === 0) return average / rateHz;
  const format = filterFormat(sections, DIFFERENCE_LIMIT, `${pipeline.name}: preprocess`);
  return filterMemory(format, DIFFERENCE_LIMIT) / rateHz;
}

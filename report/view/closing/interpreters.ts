/** The finding that decides most boards: interpreters are too slow, compiled kernels are not. */
import { duration } from '../../text/quantity.ts';
import { tierOf } from '../tiers.ts';
import { target, type Situation } from './situation.ts';

/** "no interpreter meets 500 ms (nearest: wamr-fast, 4.99 s)" when that is so beyond doubt; else undefined. */
export function slowInterpreters({ results }: Situation): string | undefined {
  const interpreters = results.filter((result) => tierOf(result.runtime).interpreter);
  const [first, ...rest] = interpreters.filter((result) =>
    result.checks.some((check) => check.budget === 'latencyMs' && check.verdict === 'fail'),
  );
  if (!first || rest.length + 1 < interpreters.length) return undefined;
  const nearest = rest.reduce((a, b) => (a.latencyMs.value <= b.latencyMs.value ? a : b), first);
  return `no interpreter meets ${target(first)} (nearest: ${nearest.runtime}, ${duration(nearest.latencyMs.value)})`;
}

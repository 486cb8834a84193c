/** Finds every sourced number in a board or part, with the path to it. */
import type { Sourced } from '../../common/sourced.ts';

export interface FoundNumber {
  path: (string | number)[];
  number: Sourced;
}

export function* sourcedNumbers(value: unknown, path: (string | number)[] = []): Generator<FoundNumber> {
  if (typeof value !== 'object' || value === null) return;
  if (isSourced(value)) {
    yield { path, number: value };
    return;
  }
  for (const [key, child] of Object.entries(value)) {
    yield* sourcedNumbers(child, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

const isSourced = (value: object): value is Sourced => 'value' in value && 'unit' in value && 'kind' in value;

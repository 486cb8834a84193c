/**
 * Search for the bits of weight matrices: greedy, one matrix after the other, because kernels are built and run for every
 * candidate. Starting from the usual widths, each matrix in turn (the one with most to save first) takes the narrower width that lowers
 * the objective most while the candidate stays acceptable. Uniform widths are tried as well, so that the curve has its ends.
 */
import type { WeightBits } from '../emit/weight-type.ts';
import type { Widths, WidthTensor } from './widths.ts';

const BITS: readonly WeightBits[] = [4, 8, 16];

export interface Candidate<Found> {
  /** What was tried, e.g. "uniform 8" or "rnn.recurrent 4". */
  label: string;
  widths: Widths;
  found: Found;
}

export interface Search<Found> {
  /** Builds and judges. */
  evaluate(widths: Widths, label: string): Promise<Found>;
  /** What is minimised. */
  objective(found: Found): number;
  acceptable(found: Found): boolean;
}

export interface SearchResult<Found> {
  /** In the order in which they were tried; the usual widths first. */
  tried: Candidate<Found>[];
  chosen: Candidate<Found>;
}

/** How many candidates a search tries at most. */
export const mostCandidates = (tensors: readonly WidthTensor[]): number =>
  1 + BITS.length + tensors.reduce((sum, { usual }) => sum + BITS.filter((bits) => bits < usual).length, 0);

export async function searchWidths<Found>(
  tensors: readonly WidthTensor[],
  { evaluate, objective, acceptable }: Search<Found>,
): Promise<SearchResult<Found>> {
  const tried: Candidate<Found>[] = [];
  const attempt = async (widths: Widths, label: string): Promise<Candidate<Found>> => {
    const known = tried.find((c) => tensors.every(({ name }) => c.widths[name] === widths[name]));
    if (known) return known;
    const candidate = { label, widths, found: await evaluate(widths, label) };
    tried.push(candidate);
    return candidate;
  };
  const uniform = (bits: WeightBits): Widths => Object.fromEntries(tensors.map(({ name }) => [name, bits]));
  let best = await attempt(Object.fromEntries(tensors.map(({ name, usual }) => [name, usual])), 'usual');
  const ends: Candidate<Found>[] = [];
  for (const bits of BITS) ends.push(await attempt(uniform(bits), `uniform ${bits}`));
  const better = (a: Candidate<Found>, b: Candidate<Found>): boolean =>
    acceptable(a.found) && (objective(a.found) < objective(b.found) || !acceptable(b.found));
  for (const { name, usual } of tensors.toSorted((a, b) => b.weights * b.usual - a.weights * a.usual))
    for (const bits of BITS.filter((other) => other < usual).toReversed()) {
      const next = await attempt({ ...best.widths, [name]: bits }, `${name} ${bits}`);
      if (better(next, best)) best = next;
    }
  for (const end of ends) if (better(end, best)) best = end;
  return { tried, chosen: best };
}

/**
 * Search for the bits of weight matrices and activations: greedy, one tensor after the other, because kernels are built and run for
 * every candidate. Starting from the usual widths, each tensor in turn (the one with most to save first, weights and activations alike) takes
 * the narrower width that lowers the objective most while the candidate stays acceptable. Uniform widths of weights are tried as well, and weights and
 * activations of 8 bits, so that the curve has its ends. What saves less than half a percent is left alone: a few hundred windows
 * cannot tell what it costs.
 */
import type { WeightBits } from '../emit/weight-type.ts';
import type { Widths, WidthTensor } from './widths.ts';

const BITS: readonly WeightBits[] = [4, 8, 16];
/** Share of the objective that a narrower width must save. */
const LEAST_GAIN = 0.005;

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

/** Narrower widths, widest first. Activations of 4 bits are not tried: quantize/narrow.ts refuses them. */
const narrower = ({ kind, usual }: WidthTensor): WeightBits[] =>
  BITS.filter((bits) => bits < usual && (kind === 'weights' || bits === 8)).toReversed();

/** Bits that a tensor can save at most. */
const savings = (tensor: WidthTensor): number =>
  tensor.numbers * (tensor.usual - Math.min(tensor.usual, ...narrower(tensor)));

interface Named {
  label: string;
  widths: Widths;
}

/** The ends of the curve. */
function uniforms(tensors: readonly WidthTensor[]): Named[] {
  const widthsOf = (weights: WeightBits, activations: WeightBits): Widths =>
    Object.fromEntries(tensors.map(({ name, kind }) => [name, kind === 'weights' ? weights : activations]));
  const mixed = new Set(tensors.map(({ kind }) => kind)).size > 1;
  return [
    ...BITS.map((bits) => ({ label: `uniform ${bits}`, widths: widthsOf(bits, 16) })),
    ...(mixed ? [{ label: 'uniform 8, activations 8', widths: widthsOf(8, 8) }] : []),
  ];
}

/** How many candidates a search tries at most. */
export const mostCandidates = (tensors: readonly WidthTensor[]): number =>
  1 + uniforms(tensors).length + tensors.reduce((sum, tensor) => sum + narrower(tensor).length, 0);

export async function searchWidths<Found>(
  tensors: readonly WidthTensor[],
  { evaluate, objective, acceptable }: Search<Found>,
): Promise<SearchResult<Found>> {
  const tried: Candidate<Found>[] = [];
  const attempt = async ({ widths, label }: Named): Promise<Candidate<Found>> => {
    const known = tried.find((c) => tensors.every(({ name }) => c.widths[name] === widths[name]));
    if (known) return known;
    const candidate = { label, widths, found: await evaluate(widths, label) };
    tried.push(candidate);
    return candidate;
  };
  const usual = Object.fromEntries(tensors.map((tensor) => [tensor.name, tensor.usual]));
  let best = await attempt({ label: 'usual', widths: usual });
  const ends: Candidate<Found>[] = [];
  for (const end of uniforms(tensors)) ends.push(await attempt(end));
  const better = (a: Candidate<Found>, b: Candidate<Found>): boolean =>
    acceptable(a.found) &&
    (objective(a.found) < (1 - LEAST_GAIN) * objective(b.found) || !acceptable(b.found));
  for (const tensor of tensors.toSorted((a, b) => savings(b) - savings(a)))
    for (const bits of narrower(tensor)) {
      const { name } = tensor;
      const next = await attempt({ label: `${name} ${bits}`, widths: { ...best.widths, [name]: bits } });
      if (better(next, best)) best = next;
    }
  for (const end of ends) if (better(end, best)) best = end;
  return { tried, chosen: best };
}

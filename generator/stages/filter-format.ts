/**
 * Fixed-point formats of a cascade of biquads, derived from its coefficients and the range of raw samples alone.
 *
 * Each section is direct form I in i32 with 64-bit products:
 *
 *     acc  = b0 x + b1 x1 + b2 x2 - a1 y1 - a2 y2 - k1 e1 - k2 e2          (coefficients in Q`shift`)
 *     y    = (acc + half) >> shift
 *     e    = acc - (y << shift)                                            what rounding dropped
 *
 * k1, k2 are a1, a2 rounded to integers: the rounding noise, which 1 / A(z) would lift by a thousand and more where the
 * poles of a 0.5 Hz edge sit next to z = 1, sees (1 + k1 z^-1 + k2 z^-2) / A(z) instead, which is near 1
 * (error feedback with integer coefficients: Higgins and Munson, IEEE Trans. ASSP-30, 1982).
 *
 * Sections are scaled by powers of two so that no signal inside exceeds the input; `scale` undoes that for the next stage.
 */
import { pipelineRefusals } from '../../common/refusals/index.ts';
import type { AccumulatorProof } from '../../kernel/evidence.ts';
import type { Section } from './butterworth.ts';
import { cascadeNorms, memorySamples, relativeError, type SectionCoefficients } from './impulse.ts';

export interface FilterFormat {
  sections: FixedSection[];
  /** Input counts enter as `count << fractionBits`. */
  fractionBits: number;
  /** Real counts of one integer step of the output. */
  scale: number;
  /** Largest magnitude of the output. */
  outputLimit: number;
  proofs: AccumulatorProof[];
}

export interface FixedSection {
  /** b0, b1, b2, -a1, -a2 in Q`shift`, then -k1, -k2 as plain integers. */
  coefficients: readonly number[];
  shift: number;
}

/** Signals stay within 2^30, so that no sum of products leaves 64 bits. */
const SIGNAL_BITS = 30;
/** A response further than this from the designed one (energy, -70 dB) is refused. */
const LARGEST_ERROR = 1e-7;

/** Throws ESC219 when 32-bit coefficients cannot hold the filter; `where` is the field of the pipeline file. */
export function filterFormat(sections: readonly Section[], inputLimit: number, where: string): FilterFormat {
  const designed = sections.map(coefficientsOf);
  const designedNorms = cascadeNorms(designed);
  if (!designedNorms) throw pipelineRefusals.filterTooNarrow(where);

  // Scale section by section so that the gain from the input to every output lies in (1/2, 1].
  const exponents = designedNorms.map((norm) => Math.ceil(Math.log2(norm)));
  const scaled = designed.map(({ b, a }, k) => {
    const factor = 2 ** -(exponents[k] - (exponents[k - 1] ?? 0));
    return { b: b.map((v) => v * factor) as [number, number, number], a };
  });
  const fixed = scaled.map(quantize);
  const rounded = fixed.map(dequantize);
  const norms = cascadeNorms(rounded);
  if (!norms || relativeError(scaled, rounded) > LARGEST_ERROR) throw pipelineRefusals.filterTooNarrow(where);

  const noise = noiseLimits(rounded);
  let fractionBits = 20;
  const limitsAt = (bits: number) =>
    norms.map((norm, k) => Math.ceil(norm * inputLimit * 2 ** bits + noise[k]));
  while (Math.max(...limitsAt(fractionBits), inputLimit * 2 ** fractionBits) > 2 ** SIGNAL_BITS)
    fractionBits--;
  if (fractionBits < 0) throw pipelineRefusals.filterTooNarrow(where);
  const limits = limitsAt(fractionBits);
  return {
    sections: fixed,
    fractionBits,
    scale: 2 ** (exponents.at(-1)! - fractionBits),
    outputLimit: limits.at(-1)!,
    proofs: fixed.flatMap((section, k) =>
      proofs(section, k, limits[k - 1] ?? inputLimit * 2 ** fractionBits, limits[k]),
    ),
  };
}

/** Samples after which nothing that came in moves the output by more than rounding does, half an integer step. */
export const filterMemory = ({ sections, fractionBits }: FilterFormat, inputLimit: number): number =>
  // Two signals differ by twice the limit, and by as much again for ever when their first samples, which are subtracted, do.
  memorySamples(sections.map(dequantize), 0.5 / (4 * inputLimit * 2 ** fractionBits));

const coefficientsOf = (s: Section): SectionCoefficients => ({ b: [s[0], s[1], s[2]], a: [s[4], s[5]] });

/** The finest format, at most Q30, in which all five coefficients fit 32 bits. */
function quantize({ b, a }: SectionCoefficients): FixedSection {
  const real = [...b, -a[0], -a[1]];
  let shift = 30;
  const at = (bits: number) => real.map((c) => Math.round(c * 2 ** bits));
  while (at(shift).some((c) => c > 2 ** 31 - 1 || c < -(2 ** 31))) shift--;
  return { shift, coefficients: [...at(shift), 0 - Math.round(a[0]), 0 - Math.round(a[1])] };
}

function dequantize({ coefficients: c, shift }: FixedSection): SectionCoefficients {
  const real = c.slice(0, 5).map((v) => v / 2 ** shift);
  return { b: [real[0], real[1], real[2]], a: [-real[3], -real[4]] };
}

/** Largest magnitude of rounding noise after each section, in integer steps: every section adds at most half a step. */
function noiseLimits(cascade: readonly SectionCoefficients[]): number[] {
  const total = cascade.map(() => 0);
  cascade.forEach(({ a }, j) => {
    const shaped: SectionCoefficients = { b: [1, Math.round(a[0]), Math.round(a[1])], a };
    const norms = cascadeNorms([shaped, ...cascade.slice(j + 1)]) ?? [];
    norms.forEach((norm, k) => (total[j + k] += norm / 2));
  });
  return total;
}

const magnitudes = (values: readonly number[]): number => values.reduce((total, v) => total + Math.abs(v), 0);

function proofs(
  { coefficients: c, shift }: FixedSection,
  k: number,
  x: number,
  y: number,
): AccumulatorProof[] {
  const half = 2 ** (shift - 1);
  const accumulator =
    magnitudes(c.slice(0, 3)) * x + magnitudes(c.slice(3, 5)) * y + magnitudes(c.slice(5)) * half + half;
  return [
    { where: `filter section ${k + 1}, sum of products`, worstCase: accumulator, limit: 2 ** 63 - 1 },
    { where: `filter section ${k + 1}, output`, worstCase: y, limit: 2 ** 31 - 1 },
  ];
}

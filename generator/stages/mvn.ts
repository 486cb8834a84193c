/**
 * Verification against a diagonal multivariate-normal template that the kernel learns: enrol() adds the current features,
 * decide() returns 1 (accepted), 0 (rejected) or a status, and leaves the distance in `decision_score`.
 * Arithmetic and layout: assembly/mvn.ts. Float meaning: mvn-float.ts.
 */
import { pipelineRefusals } from '../../common/refusals/index.ts';
import { status } from '../../kernel/manifest.ts';
import type { Block, IntegerMemory } from '../emit/program.ts';
import type { DecisionDefinition } from './decision.ts';
import { divideRound, fits64, isqrt, roundShift } from './integer.ts';
import { names } from './part.ts';
import { refuseStale, stale } from './stale.ts';

/** Windows for which every sum is proved to fit: see `proofs`. */
export const MAX_WINDOWS = 1024;
/** Distances have 20 fractional bits. */
export const DISTANCE_BITS = 20;
/** A feature counts at most this much, so a threshold beyond it accepts everything. */
export const LARGEST_TERM = 2 ** 20;

export const mvn: DecisionDefinition<'mvn'> = {
  kind: 'mvn',
  check({ threshold, epsilon }, variants, where) {
    checkThreshold(`${where}.threshold`, threshold);
    if (!(epsilon > 0 && Number.isFinite(epsilon)))
      throw pipelineRefusals.notPositive(`${where}.epsilon`, epsilon, '');
    for (const { where: at, variant } of variants) {
      if (variant.threshold !== undefined) checkThreshold(`${at}.threshold`, variant.threshold);
      if (variant.evaluation && variant.evaluation.kind !== 'verification')
        throw pipelineRefusals.evaluationMisfit(`${at}.evaluation.kind`, variant.evaluation.kind, 'mvn');
    }
  },
  lower(decision, context) {
    const { output, variant, where } = context;
    if (output.type !== 'i16') throw new Error(`the mvn decision takes i16 features, not ${output.type}`);
    const constants = {
      epsilon: epsilonOf(decision.epsilon, output.scale, `${where}.epsilon`),
      threshold: BigInt(Math.round((variant.threshold ?? decision.threshold) * 2 ** DISTANCE_BITS)),
    };
    const blocks = templateBlocks(output.length);
    const shared = { returns: 'i32' as const, macs: output.length * 2 };
    return {
      decide: {
        blocks,
        stage: {
          ...shared,
          name: 'decision_mvn',
          title: 'distance from the template',
          blocks: [output.block, names.windowState, ...blocks.map((b) => b.name)],
          uses: { mvn: ['distance'] },
          body: [
            ...refuseStale,
            `const windows = load<i32>($${names.count});`,
            `if (windows == 0) return ${status.notEnrolled};`,
            `const away = distance($${output.block}, ${output.length}, $${names.template}, windows, ${constants.epsilon});`,
            `store<i64>($${names.score}, away);`,
            `return <i32>(away <= ${constants.threshold});`,
          ],
          proofs: proofs(constants.epsilon),
          run: (memory) => decide(memory, output.block, constants),
        },
      },
      enrol: {
        blocks: [],
        stage: {
          ...shared,
          name: 'decision_enrol',
          title: 'add to the template',
          blocks: [output.block, names.windowState, names.template, names.count],
          uses: { mvn: ['enrolFeatures'] },
          body: [
            ...refuseStale,
            `return enrolFeatures($${output.block}, ${output.length}, $${names.template}, $${names.count}, ${MAX_WINDOWS});`,
          ],
          proofs: [],
          run: (memory) => enrol(memory, output.block),
        },
      },
      score: names.score,
      manifest: { kind: 'mvn', features: output.length, threshold: variant.threshold ?? decision.threshold },
    };
  },
};

function checkThreshold(where: string, threshold: number): void {
  if (!(threshold > 0 && Number.isFinite(threshold)))
    throw pipelineRefusals.notPositive(where, threshold, '');
  if (threshold >= LARGEST_TERM) throw pipelineRefusals.thresholdTooLarge(where, threshold, LARGEST_TERM);
}

/** epsilon in feature steps, Q32, so that epsilon times the largest number of windows stays below 2^62. */
function epsilonOf(epsilon: number, scale: number, where: string): bigint {
  const steps = epsilon / scale;
  if (!(steps < LARGEST_TERM)) throw pipelineRefusals.epsilonTooLarge(where, epsilon, LARGEST_TERM * scale);
  return BigInt(Math.round(steps * 2 ** 32));
}

const templateBlocks = (features: number): Block[] => [
  {
    name: names.template,
    type: 'i64',
    length: features * 2,
    kind: 'state',
    note: `sum and sum of squares of ${features} features`,
  },
  { name: names.count, type: 'i32', length: 1, kind: 'state', note: 'enrolled windows' },
  {
    name: names.score,
    type: 'i64',
    length: 1,
    kind: 'io',
    scale: 2 ** -DISTANCE_BITS,
    note: 'distance, Q20',
  },
];

const proofs = (epsilon: bigint) => {
  const limit = 2 ** 63 - 1;
  return [
    { where: 'template, n times sum of squares', worstCase: MAX_WINDOWS ** 2 * 2 ** 30, limit },
    { where: 'distance, n f - sum in Q36', worstCase: MAX_WINDOWS * 2 ** 16 * 2 ** 36, limit },
    { where: 'distance, epsilon n in Q32', worstCase: MAX_WINDOWS * Number(epsilon) + 2 ** 15, limit },
  ];
};

/** Twin of `enrolFeatures` in assembly/mvn.ts. */
function enrol(memory: IntegerMemory, block: string): number {
  if (stale(memory)) return stale(memory);
  const count = memory.i32(names.count);
  if (count[0] >= MAX_WINDOWS) return status.templateFull;
  const template = memory.i64(names.template);
  memory.i16(block).forEach((f, j) => {
    template[2 * j] += BigInt(f);
    template[2 * j + 1] += BigInt(f * f);
  });
  return ++count[0];
}

/** Twin of the decide stage and of `distance` in assembly/mvn.ts. */
function decide(memory: IntegerMemory, block: string, k: { epsilon: bigint; threshold: bigint }): number {
  if (stale(memory)) return stale(memory);
  const n = BigInt(memory.i32(names.count)[0]);
  if (n === 0n) return status.notEnrolled;
  const template = memory.i64(names.template);
  const scaled = roundShift(fits64(k.epsilon * n, 'epsilon n'), 16n);
  const floor = scaled > 1n ? scaled : 1n;
  let total = 0n;
  memory.i16(block).forEach((f, j) => {
    const [sum, squares] = [template[2 * j], template[2 * j + 1]];
    const spread = isqrt(fits64(n * squares - sum * sum, 'n Q - S^2'), 16);
    const away = n * BigInt(f) - sum;
    const term = divideRound(fits64((away < 0n ? -away : away) << 36n, 'n f - S'), spread + floor);
    const largest = BigInt(LARGEST_TERM) << BigInt(DISTANCE_BITS);
    total += term < largest ? term : largest;
  });
  memory.i64(names.score)[0] = total;
  return total <= k.threshold ? 1 : 0;
}

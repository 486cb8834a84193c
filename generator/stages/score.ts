/**
 * Verification by a score that the model gives: decide() returns 1 where it reaches the threshold (of its context, where a gate picked
 * one), else 0, and leaves the confidence, score minus threshold, in `decision_score`.
 *
 * A low but positive confidence for `windows` windows in a row raises `decision_retrain` (SmarterYou paper, section V-I: confidence below 0.2
 * for a period). A rejected window begins the count anew, so somebody else, whose scores are below the threshold, cannot raise it. It stands until
 * the host clears it or resets.
 */
import { pipelineRefusals } from '../../common/refusals/index.ts';
import type { Block, IntegerMemory } from '../emit/program.ts';
import type { DecisionDefinition } from './decision.ts';
import { names } from './part.ts';
import { refuseStale, stale } from './stale.ts';

export const score: DecisionDefinition<'score'> = {
  kind: 'score',
  check({ thresholds, retrain }, variants, where, hopSeconds) {
    if (thresholds.length === 0) throw pipelineRefusals.emptyList(`${where}.thresholds`, 'threshold');
    thresholds.forEach((threshold, i) => {
      if (!Number.isFinite(threshold))
        throw pipelineRefusals.notFiniteNumber(`${where}.thresholds[${i}]`, threshold);
    });
    for (const { where: at, variant } of variants) {
      const contexts = variant.perContext?.files.length ?? 1;
      if (thresholds.length !== contexts)
        throw pipelineRefusals.wrongThresholds(`${where}.thresholds`, thresholds.length, contexts);
      if (variant.threshold !== undefined)
        throw pipelineRefusals.uselessThreshold(`${at}.threshold`, 'score');
      if (variant.evaluation && variant.evaluation.kind !== 'owner')
        throw pipelineRefusals.evaluationMisfit(`${at}.evaluation.kind`, variant.evaluation.kind, 'score');
    }
    if (!retrain) return;
    for (const [name, value] of Object.entries(retrain))
      if (!(value > 0 && Number.isFinite(value)))
        throw pipelineRefusals.notPositive(`${where}.retrain.${name}`, value, name === 'seconds' ? 's' : '');
    if (retrain.seconds < hopSeconds)
      throw pipelineRefusals.retrainTooShort(`${where}.retrain.seconds`, retrain.seconds, hopSeconds);
  },
  lower({ thresholds, retrain }, { output, choice, hopSeconds }) {
    if (output.type !== 'i16' || output.length !== 1)
      throw new Error(`the score decision takes one i16 value, not ${output.length} of ${output.type}`);
    const steps = thresholds.map((threshold) => clamp(Math.ceil(threshold / output.scale - 1e-9)));
    const below = retrain ? Math.ceil(retrain.below / output.scale) : 0;
    const windows = retrain ? Math.round(retrain.seconds / hopSeconds) : 0;
    const blocks = blocksOf(steps, output.scale, retrain !== undefined);
    return {
      decide: {
        blocks,
        stage: {
          name: 'decision_score_threshold',
          title: 'confidence',
          blocks: [
            output.block,
            names.windowState,
            ...(choice ? [choice] : []),
            ...blocks.map((b) => b.name),
          ],
          uses: { ...(retrain && { confidence: ['countLow'] }) },
          body: [
            ...refuseStale,
            `const threshold = load<i32>($decision_thresholds${choice ? ` + (<usize>load<i32>($${choice}) << 2)` : ''});`,
            `const confidence = <i32>load<i16>($${output.block}) - threshold;`,
            `store<i32>($${names.score}, confidence);`,
            ...(retrain
              ? [`countLow(confidence, ${below}, ${windows}, $decision_low, $${names.retrain});`]
              : []),
            'return <i32>(confidence >= 0);',
          ],
          returns: 'i32',
          macs: 0,
          proofs: [],
          run: (memory) => decide(memory, { block: output.block, steps, choice, below, windows }),
        },
      },
      score: names.score,
      ...(retrain ? { retrain: names.retrain } : {}),
      manifest: { kind: 'score', thresholds },
    };
  },
};

/** A threshold beyond what the score can hold is never, or always, reached. */
const clamp = (steps: number): number => Math.max(-32768, Math.min(32768, steps));

const blocksOf = (steps: readonly number[], scale: number, retrains: boolean): Block[] => [
  {
    name: 'decision_thresholds',
    type: 'i32',
    length: steps.length,
    kind: 'constant',
    data: Int32Array.from(steps),
    note: 'threshold of each context',
    scale,
  },
  { name: names.score, type: 'i32', length: 1, kind: 'io', note: 'score minus threshold', scale },
  ...(retrains
    ? ([
        {
          name: 'decision_low',
          type: 'i32',
          length: 1,
          kind: 'state',
          note: 'windows of low confidence in a row',
        },
        {
          name: names.retrain,
          type: 'i32',
          length: 1,
          kind: 'state',
          note: '1: the model should be trained again',
        },
      ] as const)
    : []),
];

interface Constants {
  block: string;
  steps: readonly number[];
  choice: string | undefined;
  below: number;
  windows: number;
}

function decide(memory: IntegerMemory, { block, steps, choice, below, windows }: Constants): number {
  if (stale(memory)) return stale(memory);
  const confidence = memory.i16(block)[0] - steps[choice ? memory.i32(choice)[0] : 0];
  memory.i32(names.score)[0] = confidence;
  if (windows > 0) {
    const low = memory.i32('decision_low');
    low[0] = confidence >= 0 && confidence < below ? low[0] + 1 : 0;
    if (low[0] >= windows) {
      low[0] = windows;
      memory.i32(names.retrain)[0] = 1;
    }
  }
  return confidence >= 0 ? 1 : 0;
}

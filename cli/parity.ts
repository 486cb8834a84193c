import type { Command as Commander } from 'commander';
import { cliRefusals } from '../common/refusals/index.ts';
import type { Pipeline } from '../generator/pipeline/pipeline.ts';
import type { VerifyResult } from '../generator/verify/verify.ts';
import { percent } from '../report/text/quantity.ts';

/** How far the equal error rate may move between float and fixed, in points of 1. */
export const MAX_EER_SHIFT = 0.003;

/** Decisions that must agree where neither the command line nor the pipeline says otherwise. */
export const MIN_AGREEMENT_PERCENT = 99;

export const agreementFloor = (command: Commander): Commander =>
  command.option(
    '--min-agreement <percent>',
    `decisions that must agree with the float model, in percent (default: the pipeline's, else ${MIN_AGREEMENT_PERCENT})`,
    (text: string) => {
      const value = Number(text);
      if (text.trim() === '' || !(value >= 0 && value <= 100)) throw cliRefusals.badAgreement(text);
      return value;
    },
  );

export interface Parity {
  /** null: not judged. */
  holds: boolean | null;
  sentence: string;
}

/** Whether fixed and float decide alike: agreement at least as asked, EER moved by at most 0.3 points; null without windows. */
export function parity(
  result: VerifyResult | null,
  floor: { asked?: number; pipeline: Pick<Pipeline, 'minAgreementPercent'> },
): Parity {
  if (!result)
    return {
      holds: null,
      sentence: 'Float parity: not judged, no model was trained for this rate or no windows are named.',
    };
  const minAgreementPercent = floor.asked ?? floor.pipeline.minAgreementPercent ?? MIN_AGREEMENT_PERCENT;
  const shift = Math.abs(result.fixed.eer - result.float.eer);
  const holds = result.agreement * 100 >= minAgreementPercent && shift <= MAX_EER_SHIFT;
  return {
    holds,
    sentence:
      `Float parity: ${percent(result.agreement, 2)} of ${result.trials} decisions agree (at least ${minAgreementPercent} % wanted), ` +
      `EER ${percent(result.float.eer, 2)} float, ${percent(result.fixed.eer, 2)} fixed (may move by 0.3 points).`,
  };
}

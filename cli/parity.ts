import type { Command as Commander } from 'commander';
import { cliRefusals } from '../common/refusals/index.ts';
import type { VerifyResult } from '../generator/verify/verify.ts';
import { percent } from '../report/text/quantity.ts';

/** How far the equal error rate may move between float and fixed, in points of 1. */
export const MAX_EER_SHIFT = 0.003;

export const agreementFloor = (command: Commander): Commander =>
  command.option(
    '--min-agreement <percent>',
    'decisions that must agree with the float model, in percent',
    (text: string) => {
      const value = Number(text);
      if (text.trim() === '' || !(value >= 0 && value <= 100)) throw cliRefusals.badAgreement(text);
      return value;
    },
    98,
  );

/** Whether fixed and float decide alike: agreement at least as asked, EER moved by at most 0.3 points. */
export function parity(
  result: VerifyResult | null,
  minAgreementPercent: number,
): { holds: boolean; sentence: string } {
  if (!result)
    return {
      holds: true,
      sentence: 'Float parity: not judged, no model was trained for this rate or no windows are named.',
    };
  const shift = Math.abs(result.fixed.eer - result.float.eer);
  const holds = result.agreement * 100 >= minAgreementPercent && shift <= MAX_EER_SHIFT;
  return {
    holds,
    sentence:
      `Float parity: ${percent(result.agreement, 2)} of ${result.trials} decisions agree (at least ${minAgreementPercent} % wanted), ` +
      `EER ${percent(result.float.eer, 2)} float, ${percent(result.fixed.eer, 2)} fixed (may move by 0.3 points).`,
  };
}

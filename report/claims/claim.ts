/** A published claim beside the model's own number. */
import type { Estimate } from '../../common/estimate.ts';

export interface ClaimRow {
  /** e.g. "pulse". */
  system: string;
  claim: string;
  /** As published, e.g. "53 %". */
  published: string;
  /** Paper and place in it. */
  source: string;
  /** What the published figure was measured on, as far as it is known. */
  publishedOn: string;
  /** What the model's number is for: board, runtime, rate, part of the whole. */
  modelOn: string;
  unit: string;
  /** The model's own number; null where there is none. */
  model: Estimate | null;
  /** The published figure as a range, by its rounding or its words; an open end is infinite. */
  range: readonly [least: number, most: number];
  /** What the published set-up allows by arithmetic alone, where that is known and differs from what was published. */
  arithmetic?: { says: string; range: readonly [least: number, most: number]; holds: boolean };
  outcome: Outcome;
  /** Why it is not reproduced, or what a reader must know. */
  because?: string;
}

/**
 * `fitted`: a constant of the model was chosen to give it. `reproduced`: the central value lies in the published range.
 * `within the band`: only the band reaches it. `not reproduced`: the band does not.
 */
export type Outcome = 'fitted' | 'reproduced' | 'within the band' | 'not reproduced';

export function outcomeOf(model: Estimate | null, [least, most]: ClaimRow['range']): Outcome {
  if (model === null) return 'not reproduced';
  if (model.value >= least && model.value <= most) return 'reproduced';
  return model.high >= least && model.low <= most ? 'within the band' : 'not reproduced';
}

type Asked = Omit<ClaimRow, 'outcome' | 'arithmetic'> & {
  fitted?: boolean;
  arithmetic?: { says: string; range: readonly [least: number, most: number] };
};

export const claim = (row: Asked): ClaimRow => {
  const { fitted, arithmetic, ...rest } = row;
  return {
    ...rest,
    ...(arithmetic && {
      arithmetic: { ...arithmetic, holds: outcomeOf(row.model, arithmetic.range) === 'reproduced' },
    }),
    outcome: fitted ? 'fitted' : outcomeOf(row.model, row.range),
  };
};

/**
 * What the papers behind the examples claim, to stand beside what was simulated. Targets to compare with, never
 * inputs of a model. Matched by system name and variant id; a system of one's own has none.
 */
import { savingClaims, type SavingClaim } from '../../sim/power/published-savings.ts';

export interface PublishedSaving {
  fromHz: number;
  toHz: number;
  /** As published, e.g. "53 %". */
  published: string;
  /** Whether a constant of the model was chosen to give it. */
  role: SavingClaim['role'];
  /** PPG channels that it was measured with. */
  channels: number;
}

export interface SpeedUpClaim {
  /** Variant id that the sub-RNN is compared with. */
  against: string;
  /** As published. */
  published: string;
  publishedRange: readonly [number, number];
  /** What MAC counts on two cores allow over the readings of the paper. */
  arithmetic: string;
  arithmeticRange: readonly [number, number];
}

export interface Claims {
  source: string;
  /** Sampling rate in Hz that the paper settles on. */
  rateHz?: number;
  /** Board that stands for the device on which the savings were measured; on others they are no claim. */
  savingsBoard?: string;
  sensorSavings: readonly PublishedSaving[];
  speedUps: readonly SpeedUpClaim[];
}

function publishedSaving(claim: SavingClaim): PublishedSaving {
  const { rateHz: toHz, againstHz: fromHz, publishedPercent, publishedText, role, channels } = claim;
  const published = publishedPercent === null ? publishedText! : `${publishedPercent} %`;
  return { fromHz, toHz, published, role, channels };
}

const CLAIMS: ReadonlyMap<string, Claims> = new Map<string, Claims>([
  [
    'pulse',
    {
      source: 'Pulse paper (arXiv 2508.13690), abstract',
      rateHz: 25,
      savingsBoard: 'we-be-class',
      sensorSavings: savingClaims.filter(({ baseline }) => baseline).map(publishedSaving),
      speedUps: [],
    },
  ],
  [
    'deepauth',
    {
      source: 'DeepAuth paper (ISWC 2018), text',
      sensorSavings: [],
      speedUps: [
        {
          against: 'rnn128',
          published: 'up to 10x',
          publishedRange: [10, 10],
          arithmetic: '5-8x',
          arithmeticRange: [5, 8],
        },
        {
          against: 'rnn64',
          published: '3-4x',
          publishedRange: [3, 4],
          arithmetic: '2-3x',
          arithmeticRange: [2, 3],
        },
      ],
    },
  ],
]);

export const claimsOf = (system: string): Claims | undefined => CLAIMS.get(system);

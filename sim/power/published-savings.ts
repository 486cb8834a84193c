/**
 * Published savings of sensor power by a lower rate, as data: what the abstracts of two papers on the We-Be Band say. ONE
 * constant of the we-be-class board is fitted, to the two claims of role `fitted`; the others are checks and are never fitted.
 */
export interface SavingClaim {
  claim: string;
  source: string;
  rateHz: number;
  againstHz: number;
  /** PPG channels that the device read. */
  channels: number;
  /** Whether the board's fixed part is in both figures. */
  baseline: boolean;
  /** Per cent saved as published; null where the text gives no number. */
  publishedPercent: number | null;
  /** The claim in words where it has no number. */
  publishedText?: string;
  role: 'fitted' | 'check';
}

const pulse = { source: 'Pulse paper, abstract (arXiv 2508.13690)', channels: 4, baseline: true } as const;

export const savingClaims: readonly SavingClaim[] = [
  {
    ...pulse,
    claim: '25 Hz against 512 Hz',
    rateHz: 25,
    againstHz: 512,
    publishedPercent: 53,
    role: 'fitted',
  },
  {
    ...pulse,
    claim: '25 Hz against 128 Hz',
    rateHz: 25,
    againstHz: 128,
    publishedPercent: 19,
    role: 'fitted',
  },
  {
    ...pulse,
    claim: '20 Hz against 25 Hz',
    rateHz: 20,
    againstHz: 25,
    publishedPercent: null,
    publishedText: '"only trivial additional power savings"',
    role: 'check',
  },
  {
    claim: '25 Hz against 100 Hz, baseline excluded',
    source: 'SpO2 paper of the same group, abstract (arXiv 2509.12515)',
    rateHz: 25,
    againstHz: 100,
    channels: 2,
    baseline: false,
    publishedPercent: 40,
    role: 'check',
  },
];

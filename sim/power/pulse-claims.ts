/**
 * The published sensor-power claims of the We-Be Band beside the model's own figures.
 *
 * Pulse paper (abstract): 25 Hz saves 53 % against 512 Hz and 19 % against 128 Hz; 20 Hz gives only trivial additional
 * savings. Sister paper (SpO2, arXiv 2509.12515, abstract): 25 Hz saves 40 % against 100 Hz, two channels, baseline
 * excluded. ONE constant of the board is fitted, to the first two: the fixed part that belongs to the board. The other
 * two are checks and are never fitted.
 */
import { boardWithoutPublishedClaims } from '../../common/refusals/board.ts';
import type { Board } from '../../boards/board.ts';
import { boardSensorPower } from '../sensors/sensor-power.ts';
import { sensorSideMw } from './sensor-side.ts';

export interface SavingClaim {
  claim: string;
  source: string;
  rateHz: number;
  againstHz: number;
  /** Whether the board's fixed part is in both figures. */
  baseline: boolean;
  /** Per cent saved as published; null where the text gives no number. */
  publishedPercent: number | null;
  /** The claim in words where it has no number. */
  publishedText?: string;
  role: 'fitted' | 'check';
}

export const savingClaims: readonly SavingClaim[] = [
  {
    claim: '25 Hz against 512 Hz',
    source: 'Pulse paper, abstract (arXiv 2508.13690)',
    rateHz: 25,
    againstHz: 512,
    baseline: true,
    publishedPercent: 53,
    role: 'fitted',
  },
  {
    claim: '25 Hz against 128 Hz',
    source: 'Pulse paper, abstract (arXiv 2508.13690)',
    rateHz: 25,
    againstHz: 128,
    baseline: true,
    publishedPercent: 19,
    role: 'fitted',
  },
  {
    claim: '20 Hz against 25 Hz',
    source: 'Pulse paper, abstract (arXiv 2508.13690)',
    rateHz: 20,
    againstHz: 25,
    baseline: true,
    publishedPercent: null,
    publishedText: '"only trivial additional power savings"',
    role: 'check',
  },
  {
    claim: '25 Hz against 100 Hz, baseline excluded',
    source: 'SpO2 paper of the same group, abstract (arXiv 2509.12515)',
    rateHz: 25,
    againstHz: 100,
    baseline: false,
    publishedPercent: 40,
    role: 'check',
  },
];

export interface ClaimRow extends SavingClaim {
  modelPercent: number;
  /** Model less published, in percentage points; null where the text gives no number. */
  differencePoints: number | null;
  note?: string;
}

export interface PulseClaims {
  rows: ClaimRow[];
  fitted: {
    /** The one fitted constant. */
    constant: 'baseline.mw';
    title: 'fixed part that belongs to the board';
    mw: number;
    /** Fixed part over the power of one sample a second: 400 to 416 Hz by the claims' rounding for a straight line. */
    perHertz: number;
    to: string[];
  };
}

export function savingPercent(board: Board, claim: SavingClaim): number {
  const options = { baseline: claim.baseline };
  const mw = (rateHz: number) => sensorSideMw(board, ['ppg'], rateHz, options).value;
  return 100 * (1 - mw(claim.rateHz) / mw(claim.againstHz));
}

/** Refuses a board without a PPG part or without a baseline that counts as sensor supply (ESC409). */
export function pulseClaims(board: Board): PulseClaims {
  if (!board.sensors.ppg || board.baseline.role !== 'sensor-supply')
    throw boardWithoutPublishedClaims(board.id);
  const rows = savingClaims.map((claim): ClaimRow => {
    const modelPercent = savingPercent(board, claim);
    const note = noteOn(claim, board);
    return {
      ...claim,
      modelPercent,
      differencePoints: claim.publishedPercent === null ? null : modelPercent - claim.publishedPercent,
      ...(note === undefined ? {} : { note }),
    };
  });
  const slopeMw =
    (sensorSideMw(board, ['ppg'], 128).value - sensorSideMw(board, ['ppg'], 64).value) / (128 - 64);
  return {
    rows,
    fitted: {
      constant: 'baseline.mw',
      title: 'fixed part that belongs to the board',
      mw: board.baseline.mw.value,
      perHertz: board.baseline.mw.value / slopeMw,
      to: savingClaims.filter((claim) => claim.role === 'fitted').map((claim) => claim.claim),
    },
  };
}

/** What a reader must know about a check; computed, so that it follows the board. */
function noteOn(claim: SavingClaim, board: Board): string | undefined {
  if (claim.role === 'fitted') return undefined;
  if (!claim.baseline) {
    return 'Without the fixed part this front end is proportional to the rate and saves more than published: what the SpO2 paper excludes as baseline is less than the whole fixed part here. Shown, not fitted.';
  }
  const run = boardSensorPower(board, ['ppg'], claim.rateHz)[0]!;
  if (run.actualRateHz <= claim.rateHz) return undefined;
  const proportional = sensorSideMw(board, ['ppg'], claim.againstHz, { baseline: false }).value;
  const whole = sensorSideMw(board, ['ppg'], claim.againstHz).value;
  const possible = (100 * (1 - claim.rateHz / claim.againstHz) * proportional) / whole;
  return `${claim.rateHz} Hz is no rate of this front end: it runs at ${run.actualRateHz} Hz and the host resamples. A part that could run at ${claim.rateHz} Hz would save ${possible.toFixed(1)} %.`;
}

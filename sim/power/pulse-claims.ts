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
import { savingClaims, type SavingClaim } from './published-savings.ts';
import { boardSensorPower } from '../sensors/sensor-power.ts';
import { sensorSideMw } from './sensor-side.ts';

export interface ClaimRow extends SavingClaim {
  modelPercent: number;
  /** Where it is not published what a figure leaves out: the model's saving with the least and the most left out. */
  modelLow: number;
  modelHigh: number;
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

/**
 * The board as the SpO2 paper reads it: red and infrared light on one photodiode. The Pulse claims are for the board's own
 * four channels.
 */
function boardOf(board: Board, { channels }: SavingClaim): Board {
  const { ppg } = board.sensors;
  if (channels === 4 || !ppg) return board;
  const count = (value: number) => ({ ...ppg.settings.exposures, value, low: value, high: value });
  const settings = { ...ppg.settings, exposures: count(channels), photodiodes: count(1) };
  return { ...board, sensors: { ...board.sensors, ppg: { ...ppg, settings } } };
}

/** Refuses a board without a PPG part or without a baseline that counts as sensor supply (ESC409). */
export function pulseClaims(board: Board): PulseClaims {
  if (!board.sensors.ppg || board.baseline.role !== 'sensor-supply')
    throw boardWithoutPublishedClaims(board.id);
  const rows = savingClaims.map((claim): ClaimRow => {
    const driven = boardOf(board, claim);
    const modelPercent = savingPercent(driven, claim);
    // A figure without "baseline" may leave out anything from nothing to the whole fixed part.
    const whole = savingPercent(driven, { ...claim, baseline: true });
    const note = noteOn(claim, driven);
    return {
      ...claim,
      modelPercent,
      modelLow: Math.min(whole, modelPercent),
      modelHigh: modelPercent,
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
  if (!claim.baseline) return baselineNote(claim, board);
  const run = boardSensorPower(board, ['ppg'], claim.rateHz)[0]!;
  if (run.actualRateHz <= claim.rateHz) return undefined;
  const proportional = sensorSideMw(board, ['ppg'], claim.againstHz, { baseline: false }).value;
  const whole = sensorSideMw(board, ['ppg'], claim.againstHz).value;
  const possible = (100 * (1 - claim.rateHz / claim.againstHz) * proportional) / whole;
  return `${claim.rateHz} Hz is no rate of this front end: it runs at ${run.actualRateHz} Hz and the host resamples. A part that could run at ${claim.rateHz} Hz would save ${possible.toFixed(1)} %.`;
}

/** What the published figure implies about the word "baseline": c + b f with c / b from the published saving alone. */
function baselineNote(claim: SavingClaim, board: Board): string {
  const parts = (rateHz: number) => sensorSideMw(board, ['ppg'], rateHz, { baseline: false }).value;
  const [low, high] = [parts(claim.rateHz), parts(claim.againstHz)];
  const kept = 1 - claim.publishedPercent! / 100;
  // (left + low) / (left + high) = kept
  const leftMw = (kept * high - low) / (1 - kept);
  const share = (100 * leftMw) / board.baseline.mw.value;
  return `The abstract does not say what "baseline draw" is, nor whether radio and processing are in; no full text could be opened. With the whole fixed part excluded (central value) a front end that powers down between samples is proportional to the rate; with nothing excluded the low end holds. ${claim.publishedPercent} % follows if ${leftMw.toFixed(1)} mW, ${share.toFixed(0)} % of the fixed part, is switched on with the sensor and stays in. Processing or streaming would not explain it: both grow with the rate as well. Shown, not fitted.`;
}

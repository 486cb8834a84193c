/**
 * Fits the one free constant of a board with published savings: the fixed part that belongs to the board. Least squares
 * in percentage points over the claims whose role is `fitted`; the range is where every such claim still rounds to the
 * published figure within `tolerancePoints`, at the low and at the high end of the sensor's own band.
 */
import type { Estimate } from '../../common/estimate.ts';
import type { Board } from '../../boards/board.ts';
import { savingClaims, type SavingClaim } from './published-savings.ts';
import { sensorSideMw } from './sensor-side.ts';

export interface FixedPartFit {
  mw: Estimate;
  /** Difference of model and published at the fit, by claim, in percentage points. */
  residualPoints: { claim: string; points: number }[];
}

export function fitFixedPart(board: Board, tolerancePoints = 1): FixedPartFit {
  const claims = savingClaims.filter((claim) => claim.role === 'fitted');
  const fitAt = (end: keyof Estimate) => {
    const powers = claims.map((claim) => ({
      claim,
      at: proportionalMw(board, claim.rateHz)[end],
      against: proportionalMw(board, claim.againstHz)[end],
    }));
    const squares = (fixed: number) =>
      powers.reduce((total, power) => total + residual(fixed, power) ** 2, 0);
    const best = minimum(squares, 0, 20 * Math.max(...powers.map(({ against }) => against)));
    const holds = (fixed: number) =>
      powers.every((power) => Math.abs(residual(fixed, power)) <= tolerancePoints);
    return {
      best,
      holds,
      residuals: powers.map((power) => ({ claim: power.claim, points: residual(best, power) })),
    };
  };
  const middle = fitAt('value');
  const low = fitAt('low');
  const high = fitAt('high');
  return {
    mw: {
      value: middle.best,
      low: edge(low.holds, low.best, 0),
      high: edge(high.holds, high.best, 2 * high.best),
    },
    residualPoints: middle.residuals.map(({ claim, points }) => ({
      claim: claim.claim,
      points,
    })),
  };
}

/** Model less published saving in percentage points, for a fixed part in mW. */
const residual = (fixed: number, power: { claim: SavingClaim; at: number; against: number }): number =>
  100 * (1 - (fixed + power.at) / (fixed + power.against)) - power.claim.publishedPercent!;

const proportionalMw = (board: Board, rateHz: number): Estimate =>
  sensorSideMw(board, ['ppg'], rateHz, { baseline: false });

/** Minimum of a function with one valley, by golden-section search. */
function minimum(f: (x: number) => number, from: number, to: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  for (let step = 0; step < 100; step++) {
    const left = high - ratio * (high - low);
    const right = low + ratio * (high - low);
    if (f(left) <= f(right)) high = right;
    else low = left;
  }
  return (low + high) / 2;
}

/** How far from `inside` towards `outside` the condition still holds, by bisection; `inside` itself when it does not. */
function edge(holds: (x: number) => boolean, inside: number, outside: number): number {
  let [good, bad] = [inside, outside];
  for (let step = 0; step < 60; step++) {
    const middle = (good + bad) / 2;
    if (holds(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

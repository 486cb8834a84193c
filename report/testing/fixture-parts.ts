/** Power by part for the tests of reporters. */
import { exact, scale, type Estimate } from '../../common/estimate.ts';
import type { PartPower } from '../../sim/result.ts';
import type { FixtureBoard } from './fixture-hardware.ts';
import type { FixtureKernel } from './fixture-kernel.ts';

const spread = (mw: number, fraction: number): Estimate => ({
  value: mw,
  low: mw * (1 - fraction),
  high: mw * (1 + fraction),
});

const part = (
  name: string,
  { value, low, high }: Estimate,
  kind: PartPower['kind'],
  source: string,
  sensor = false,
): PartPower => ({ name, mw: value, low, high, kind, source, sensor });

/** `busy` is the share of time that the CPU computes. */
export function fixtureParts(
  kernel: FixtureKernel,
  board: FixtureBoard,
  rateHz: number,
  busy: Estimate,
): PartPower[] {
  const sensor = kernel.system === 'pulse' ? board.ppg : board.imu;
  const active = `${board.core} active power ${board.activeMw} mW times the share of time that it computes`;
  const wakeMw = exact(rateHz * board.activeMw * 2e-5);
  return [
    ...(sensor
      ? [
          part(`${sensor.part}, fixed`, spread(sensor.fixedMw, 0.1), 'model', sensor.source, true),
          part(
            `${sensor.part}, per sample`,
            spread(sensor.mwPerHz * rateHz, 0.05),
            'datasheet',
            sensor.source,
            true,
          ),
        ]
      : []),
    part('CPU, inference', scale(busy, board.activeMw), 'datasheet', active),
    part('CPU, wake-ups', wakeMw, 'assumed', '20 us a wake-up for each frame of samples'),
    part('board, idle', spread(board.idleMw, 0.3), 'assumed', 'no measurement of this board was found'),
  ];
}

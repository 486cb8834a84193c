/** Warns of rates that a board's parts do not make: what they run at instead, or that they cannot. */
import type { Board } from '../board.ts';
import { findImuPart, findPpgPart } from '../parts/index.ts';
import { meetsRate, rateNotes } from '../parts/rates.ts';
import type { Finding } from './finding.ts';

export function sensorPowerFindings(board: Board, rates: readonly number[]): Finding[] {
  const { ppg, imu } = board.sensors;
  return rates.flatMap((rateHz) => [
    ...(ppg
      ? finding(
          'sensors.ppg',
          ppg.part,
          rateHz,
          findPpgPart(ppg.part)!.run({ sensors: ['ppg'], rateHz, settings: ppg.settings }).actualRateHz,
        )
      : []),
    ...(imu
      ? finding(
          'sensors.imu',
          imu.part,
          rateHz,
          findImuPart(imu.part)!.run({
            sensors: ['accelerometer', 'gyroscope'],
            rateHz,
            settings: imu.settings,
          }).actualRateHz,
        )
      : []),
  ]);
}

function finding(field: string, part: string, rateHz: number, actualHz: number): Finding[] {
  const possible = meetsRate(actualHz, rateHz);
  return rateNotes(part, actualHz, rateHz).map((problem) => ({
    severity: possible ? 'warning' : 'error',
    rule: 'rates',
    field,
    problem: problem.replace(/\.$/, ''),
    fix: possible
      ? 'Choose a rate that the part makes to save the resampling.'
      : 'Choose a lower rate, a shorter pulse or fewer exposures.',
  }));
}

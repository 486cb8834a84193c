/** Sensors that a pipeline wants and a board does not have, each with the reason. */
import { sensorsOf, type Board, type SensorName } from '../../boards/board.ts';

export interface MissingSensor {
  sensor: SensorName;
  reason: string;
}

export function missingSensors(board: Board, wanted: readonly SensorName[]): MissingSensor[] {
  const present = sensorsOf(board);
  return [...new Set(wanted)]
    .filter((sensor) => !present.includes(sensor))
    .map((sensor) => {
      const absent = board.sensors.absent?.find((entry) => entry.sensor === sensor);
      const why = absent ? absent.source : 'its board file lists none';
      return { sensor, reason: `${board.title} has no ${sensorTitle(sensor)} (${why}).` };
    });
}

export const sensorTitle = (sensor: SensorName): string => (sensor === 'ppg' ? 'PPG sensor' : sensor);

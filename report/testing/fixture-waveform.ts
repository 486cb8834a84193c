/** A short simulated stretch of a fixture result, on a real board, for the tests of trace writers. */
import { loadBoard } from '../../boards/load.ts';
import type { SimulationResult } from '../../sim/result.ts';
import { loadSchedule } from '../../sim/timeline/schedules/index.ts';
import { timelineSetupOf } from '../../sim/timeline/setup-of.ts';
import { drawWaveform, type Waveform } from '../../sim/timeline/waveform.ts';
import { fixtureReport } from './fixture.ts';

export function fixtureWaveform(
  system: 'pulse' | 'deepauth' = 'pulse',
  board = 'we-be-class',
  seconds = 8.5,
): { result: SimulationResult; waveform: Waveform } {
  const variants = fixtureReport().systems.find(({ name }) => name === system)!.variants;
  const result = variants
    .flatMap(({ results }) => results)
    .filter((found) => found.board === board && found.runtime === 'wasm2c' && found.rateHz === 25)
    .sort((a, b) => b.coresUsed - a.coresUsed)[0]!;
  const setup = timelineSetupOf(result, {
    board: loadBoard(board),
    pipelineSensors: system === 'pulse' ? ['ppg'] : ['accelerometer', 'gyroscope'],
    schedule: loadSchedule('continuous'),
    durationSeconds: seconds,
  });
  return { result, waveform: drawWaveform(setup, { ripple: true }) };
}

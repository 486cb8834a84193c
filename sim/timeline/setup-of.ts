/** The timeline of a simulated pipeline: its cycles, latency and rates on the same board. */
import { scale, sum, type Estimate } from '../../common/estimate.ts';
import type { Board, SensorName } from '../../boards/board.ts';
import { computingMs } from '../decision/path.ts';
import { boardForChannels } from '../sensors/channels.ts';
import type { SimulationResult } from '../result.ts';
import type { Schedule } from './schedule.ts';
import type { TimelineSetup } from './setup.ts';

export interface TimelineChoice {
  board: Board;
  pipelineSensors: readonly SensorName[];
  schedule: Schedule;
  durationSeconds: number;
  bytesPerDecision?: number;
  recording?: ArrayLike<number>;
  recordingRepeats?: boolean;
}

/**
 * Setup of a run over a schedule. A result gives the cycles of a sample without a band: they come from the same cycle
 * model as those of a decision, so they get that band.
 */
export const timelineSetupOf = (result: SimulationResult, choice: TimelineChoice): TimelineSetup => ({
  ...choice,
  rateHz: result.rateHz,
  windowSeconds: result.windowSeconds,
  hopSeconds: result.hopSeconds,
  cyclesPerSample: bandOf(result.cycles, result.cyclesPerSample),
  cyclesPerInference: sum(result.stages.map((stage) => stage.cycles)),
  inferenceMs: computingMs(result.latencyParts),
  board: boardForChannels(choice.board, result.ppgChannels),
});

const bandOf = (like: Estimate, value: number): Estimate =>
  like.value > 0 ? scale(like, value / like.value) : { value, low: value, high: value };

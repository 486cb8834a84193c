/**
 * A board as a pipeline drives it: the PPG front end lights as many LED pulses a sample as the channels that are read need.
 * A sample of one channel costs one exposure, whatever the board's own firmware does.
 *
 *   channels = exposures x photodiodes      4 channels on 2 photodiodes: 2 exposures
 */
import type { Board, Ratio } from '../../boards/board.ts';
import { findPpgPart } from '../../boards/parts/index.ts';

/**
 * The board with the exposures that so many PPG channels need; unchanged without any, without a PPG part, and where the part
 * cannot give them (`channelProblem` says why).
 */
export const boardForChannels = (board: Board, ppgChannels: number): Board =>
  channelProblem(board, ppgChannels) === undefined ? withExposures(board, ppgChannels) : board;

function withExposures(board: Board, ppgChannels: number): Board {
  const { ppg } = board.sensors;
  if (!ppg || ppgChannels === 0) return board;
  const settings = { ...ppg.settings, exposures: exposuresFor(ppg.settings.photodiodes, ppgChannels) };
  return { ...board, sensors: { ...board.sensors, ppg: { ...ppg, settings } } };
}

function exposuresFor(photodiodes: Ratio, channels: number): Ratio {
  const { value, low = value, high = value, source } = photodiodes;
  const exposures = (count: number) => Math.ceil(channels / Math.max(1, Math.floor(count)));
  const read = `${channels} PPG channel${channels === 1 ? '' : 's'} of the pipeline`;
  return {
    value: exposures(value),
    unit: '1',
    kind: photodiodes.kind,
    source: `${read} on ${value} photodiode${value === 1 ? '' : 's'}, in the fewest LED pulses; photodiodes: ${source}`,
    low: exposures(high),
    high: exposures(low),
  };
}

/** Why the board's PPG part cannot give so many channels; undefined when it can. */
export function channelProblem(board: Board, ppgChannels: number): string | undefined {
  const { ppg } = withExposures(board, ppgChannels).sensors;
  const part = ppg && findPpgPart(ppg.part);
  const [problem] = part && ppgChannels > 0 ? part.check(ppg.settings) : [];
  return problem && `The pipeline reads ${ppgChannels} PPG channels and ${problem.problem}.`;
}
